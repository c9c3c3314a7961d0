"""Evidence files: what may be kept, where it lies, who looks for malware in it, how it is handed out (trust.md S-12, S-13)."""
