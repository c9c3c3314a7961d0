"""The audit trail in sentences: what each event means to a person, in the reader's language, and where it belongs.

One line per event of every floor; a test holds this table against the floors' own lists. `draft` events concern work that
is not published: only the team, oversight and auditors read them (domain.md §11).
"""

from django.utils.translation import gettext_lazy as _

from portfolio.trail.risk_sentences import RISKS
from portfolio.trail.sentence import Sentence, Topic

__all__ = ["SENTENCES", "Sentence", "Topic"]

T = Topic
SENTENCES: dict[str, Sentence] = {
    "product registered": Sentence(T.PRODUCT, _("%(who)s registered the product")),
    "product changed": Sentence(T.PRODUCT, _("%(who)s changed what is known of the product")),
    "product moved to another family": Sentence(T.PRODUCT, _("%(who)s moved the product to another family")),
    "phase moved": Sentence(T.PRODUCT, _("%(who)s entered a new phase by decision")),
    "product status granted": Sentence(T.PRODUCT, _("%(who)s entered product status by decision")),
    "product status requested": Sentence(T.PRODUCT, _("%(who)s requested product status")),
    "request for product status taken back": Sentence(T.PRODUCT, _("%(who)s took back the request for product status")),
    "product status approved": Sentence(
        T.PRODUCT, _("%(who)s entered the approval of product status, which waits for the MOU")
    ),
    "product status not granted": Sentence(T.PRODUCT, _("%(who)s entered that product status is not granted")),
    "approved product status lapsed": Sentence(
        T.PRODUCT, _("%(who)s noted that no MOU came before the last day for which product status was approved")
    ),
    "product status renewed": Sentence(T.PRODUCT, _("%(who)s entered the renewal of product status")),
    "product status withdrawn": Sentence(T.PRODUCT, _("%(who)s entered the withdrawal of product status by decision")),
    "product status expired": Sentence(T.PRODUCT, _("%(who)s noted that product status had expired")),
    "product status ended with its memorandum": Sentence(
        T.PRODUCT, _("%(who)s noted that product status ended with its memorandum")
    ),
    "exit record of product status completed": Sentence(
        T.PRODUCT, _("%(who)s completed the exit record of product status")
    ),
    "change of a product moved": Sentence(T.PRODUCT, _("%(who)s moved the change %(what)s by decision")),
    "condition proven": Sentence(T.PRODUCT, _("%(who)s gave the proof of a condition: %(what)s"), draft=True),
    "condition closed": Sentence(T.PRODUCT, _("%(who)s closed a condition: %(what)s"), draft=True),
    "proof of a condition not accepted": Sentence(
        T.PRODUCT, _("%(who)s did not accept the proof of a condition: %(what)s"), draft=True
    ),
    "opening position entered": Sentence(T.PRODUCT, _("%(who)s entered the opening position")),
    "link added": Sentence(T.PRODUCT, _("%(who)s added a link")),
    "link removed": Sentence(T.PRODUCT, _("%(who)s removed a link")),
    "value-stream stage added": Sentence(T.PRODUCT, _("%(who)s added a value-stream stage")),
    "value-stream stage changed": Sentence(T.PRODUCT, _("%(who)s changed the value-stream stage %(what)s")),
    "value-stream stage removed": Sentence(T.PRODUCT, _("%(who)s removed a value-stream stage")),
    "role assigned": Sentence(T.TEAM, _("%(who)s assigned a role")),
    "role ended": Sentence(T.TEAM, _("%(who)s ended a role: %(what)s")),
    "position added": Sentence(T.TEAM, _("%(who)s added a position")),
    "position changed": Sentence(T.TEAM, _("%(who)s changed the position %(what)s")),
    "position ended": Sentence(T.TEAM, _("%(who)s ended the position %(what)s")),
    "governance body added": Sentence(T.TEAM, _("%(who)s added a governance body")),
    "governance body changed": Sentence(T.TEAM, _("%(who)s changed the governance body %(what)s")),
    "governance body ended": Sentence(T.TEAM, _("%(who)s ended the governance body %(what)s")),
    "corporate body faced added": Sentence(T.TEAM, _("%(who)s added a corporate body the team faces")),
    "corporate body faced removed": Sentence(T.TEAM, _("%(who)s removed a corporate body the team faces")),
    "brief section saved": Sentence(T.BRIEF, _("%(who)s saved a section of the brief: %(what)s"), draft=True),
    "brief published": Sentence(T.BRIEF, _("%(who)s published the brief")),
    "brief confirmed": Sentence(T.BRIEF, _("%(who)s confirmed the brief for the quarter")),
    "strategy draft saved": Sentence(T.STRATEGY, _("%(who)s saved a draft of the strategy"), draft=True),
    "strategy published": Sentence(T.STRATEGY, _("%(who)s published the strategy")),
    "budget line added": Sentence(T.MONEY, _("%(who)s added a budget line")),
    "budget line changed": Sentence(T.MONEY, _("%(who)s changed the budget line %(what)s")),
    "budget line removed": Sentence(T.MONEY, _("%(who)s removed a budget line")),
    "assessment recorded": Sentence(T.MONEY, _("%(who)s recorded an assessment")),
    "assessment changed": Sentence(T.MONEY, _("%(who)s brought an assessment up to date: %(what)s")),
    "standard in use added": Sentence(T.MONEY, _("%(who)s added a technology standard in use")),
    "standard in use changed": Sentence(T.MONEY, _("%(who)s changed the plan to leave %(what)s")),
    "standard in use removed": Sentence(T.MONEY, _("%(who)s removed a technology standard")),
    "roadmap opened": Sentence(T.ROADMAP, _("%(who)s opened the roadmap")),
    "roadmap changed": Sentence(T.ROADMAP, _("%(who)s changed the vision or the horizon of the roadmap")),
    "goal added": Sentence(T.ROADMAP, _("%(who)s added the goal %(what)s")),
    "goal changed": Sentence(T.ROADMAP, _("%(who)s changed the goal %(what)s")),
    "goal retired": Sentence(T.ROADMAP, _("%(who)s retired the goal %(what)s")),
    "outcome added": Sentence(T.ROADMAP, _("%(who)s added the outcome %(what)s")),
    "outcome changed": Sentence(T.ROADMAP, _("%(who)s changed the outcome %(what)s")),
    "outcome started": Sentence(T.ROADMAP, _("%(who)s began delivery of the outcome %(what)s")),
    "outcome closed": Sentence(T.ROADMAP, _("%(who)s closed the outcome %(what)s with a verdict")),
    "reading recorded": Sentence(T.ROADMAP, _("%(who)s recorded a reading of an outcome")),
    "outcome augmented": Sentence(T.ROADMAP, _("%(who)s added money to an outcome by decision")),
    "outcome gate held": Sentence(T.ROADMAP, _("%(who)s recorded what a board decided on an outcome: %(what)s")),
    "outcome gate held by the team": Sentence(
        T.ROADMAP, _("%(who)s recorded what the team decided on an outcome: %(what)s")
    ),
    "outcome stopped by its team": Sentence(
        T.ROADMAP, _("%(who)s stopped the outcome %(what)s within the team’s autonomy")
    ),
    "outcome stopped by a board": Sentence(T.ROADMAP, _("%(who)s stopped the outcome %(what)s by decision")),
    "milestone added": Sentence(T.ROADMAP, _("%(who)s added the milestone %(what)s")),
    "milestone changed": Sentence(T.ROADMAP, _("%(who)s changed the milestone %(what)s")),
    "milestone started": Sentence(T.ROADMAP, _("%(who)s started the milestone %(what)s")),
    "milestone paused": Sentence(T.ROADMAP, _("%(who)s paused the milestone %(what)s")),
    "milestone released": Sentence(T.ROADMAP, _("%(who)s released the milestone %(what)s")),
    "milestone cancelled": Sentence(T.ROADMAP, _("%(who)s cancelled the milestone %(what)s")),
    "milestone restored": Sentence(T.ROADMAP, _("%(who)s brought back the milestone %(what)s")),
    "milestone marked at risk": Sentence(T.ROADMAP, _("%(who)s marked the milestone %(what)s at risk")),
    "milestone no longer at risk": Sentence(T.ROADMAP, _("%(who)s took the mark at risk off the milestone %(what)s")),
    "milestone moved": Sentence(T.ROADMAP, _("%(who)s moved the milestone %(what)s")),
    "milestone dependency added": Sentence(T.ROADMAP, _("%(who)s added a dependency between milestones")),
    "milestone dependency dropped": Sentence(T.ROADMAP, _("%(who)s dropped a dependency between milestones")),
    "milestone funded": Sentence(T.ROADMAP, _("%(who)s funded a milestone")),
    "milestone funding dropped": Sentence(T.ROADMAP, _("%(who)s dropped the funding of a milestone")),
    "roadmap change drafted": Sentence(T.ROADMAP, _("%(who)s drafted a change of the roadmap"), draft=True),
    "roadmap change redrawn": Sentence(T.ROADMAP, _("%(who)s redrew a change of the roadmap"), draft=True),
    "roadmap change dropped": Sentence(T.ROADMAP, _("%(who)s dropped a drafted change of the roadmap"), draft=True),
    "roadmap change published": Sentence(T.ROADMAP, _("%(who)s published a change of the roadmap")),
    "roadmap change taken back": Sentence(T.ROADMAP, _("%(who)s took back a change of the roadmap")),
    "roadmap order confirmed": Sentence(T.ROADMAP, _("%(who)s confirmed the order of the next months")),
    "roadmap order spaced out": Sentence(T.ROADMAP, _("%(who)s spaced out the order of milestones")),
    "roadmap year prepared": Sentence(T.ROADMAP, _("%(who)s prepared the roadmap year %(what)s")),
    "roadmap year changed": Sentence(T.ROADMAP, _("%(who)s changed the roadmap year %(what)s")),
    "roadmap year vetted": Sentence(T.ROADMAP, _("%(who)s vetted the roadmap year %(what)s")),
    "roadmap year endorsed": Sentence(T.ROADMAP, _("%(who)s entered the endorsement of the roadmap year %(what)s")),
    "roadmap year returned": Sentence(
        T.ROADMAP, _("%(who)s sent the roadmap year %(what)s back to the team by decision")
    ),
    "roadmap year approved": Sentence(T.ROADMAP, _("%(who)s entered the approval of the roadmap year %(what)s")),
    "roadmap baseline taken": Sentence(T.ROADMAP, _("%(who)s froze a baseline of the roadmap")),
    "demand proposed": Sentence(T.DEMAND, _("%(who)s proposed a demand: %(what)s")),
    "demand accepted": Sentence(T.DEMAND, _("%(who)s accepted the demand %(what)s")),
    "demand declined": Sentence(T.DEMAND, _("%(who)s declined the demand %(what)s")),
    "demand scheduled": Sentence(T.DEMAND, _("%(who)s scheduled the demand %(what)s")),
    "demand proposed again": Sentence(T.DEMAND, _("%(who)s proposed the demand %(what)s again")),
    "parallel project registered": Sentence(T.DEMAND, _("%(who)s registered the parallel project %(what)s")),
    "parallel project changed": Sentence(T.DEMAND, _("%(who)s changed the parallel project %(what)s")),
    "project expectation stated": Sentence(T.DEMAND, _("%(who)s stated what a project expects")),
    "project expectation changed": Sentence(T.DEMAND, _("%(who)s changed what a project expects")),
    "project expectation confirmed": Sentence(T.DEMAND, _("%(who)s confirmed what a project expects")),
    "release planned": Sentence(T.RELEASE, _("%(who)s planned the release %(what)s")),
    "release changed": Sentence(T.RELEASE, _("%(who)s changed the release %(what)s")),
    "release made": Sentence(T.RELEASE, _("%(who)s put the release %(what)s in production")),
    "release withdrawn": Sentence(T.RELEASE, _("%(who)s withdrew the release %(what)s")),
    "release corrected": Sentence(T.RELEASE, _("%(who)s corrected the record of the release %(what)s")),
    "release planned again": Sentence(T.RELEASE, _("%(who)s planned the withdrawn release %(what)s again")),
    "feedback kept": Sentence(T.RELEASE, _("%(who)s kept feedback from users")),
    "feedback actioned": Sentence(T.RELEASE, _("%(who)s actioned feedback from users")),
    "feedback attached to a release": Sentence(
        T.RELEASE, _("%(who)s noted which release feedback from users is about")
    ),
    "impact analysis begun": Sentence(
        T.RELEASE, _("%(who)s began the impact analysis of release %(what)s"), draft=True
    ),
    "impact analysis saved": Sentence(
        T.RELEASE, _("%(who)s saved the impact analysis of release %(what)s"), draft=True
    ),
    "impact analysis published": Sentence(T.RELEASE, _("%(who)s published the impact analysis of release %(what)s")),
    "impact analysis opened for correction": Sentence(
        T.RELEASE, _("%(who)s opened the impact analysis of release %(what)s for correction"), draft=True
    ),
    "delivery settings changed": Sentence(T.DELIVERY, _("%(who)s changed how deliveries are measured")),
    "target of a delivery measure set": Sentence(T.DELIVERY, _("%(who)s set a target: %(what)s")),
    "delivery file uploaded": Sentence(T.DELIVERY, _("%(who)s uploaded a delivery file: %(what)s")),
    "delivery file taken over": Sentence(T.DELIVERY, _("%(who)s took a delivery file over: %(what)s")),
    "month declared": Sentence(T.DELIVERY, _("%(who)s declared a month of delivery measures: %(what)s")),
    "declared month withdrawn": Sentence(T.DELIVERY, _("%(who)s withdrew a declared month: %(what)s")),
    "deployment voided": Sentence(T.DELIVERY, _("%(who)s left a deployment out of the measures: %(what)s")),
    "deployment counted again": Sentence(T.DELIVERY, _("%(who)s counted a deployment again: %(what)s")),
    "incident linked to a deployment": Sentence(T.DELIVERY, _("%(who)s laid an incident to a deployment: %(what)s")),
    "incident linked to no deployment": Sentence(T.DELIVERY, _("%(who)s laid an incident to no deployment: %(what)s")),
    "link of an incident left to its source": Sentence(
        T.DELIVERY, _("%(who)s left the deployment of an incident to its source: %(what)s")
    ),
    "indicator adopted": Sentence(T.INDICATOR, _("%(who)s adopted the indicator %(what)s")),
    "target of an indicator changed": Sentence(T.INDICATOR, _("%(who)s changed the target of the indicator %(what)s")),
    "indicator no longer kept": Sentence(T.INDICATOR, _("%(who)s stopped keeping the indicator %(what)s")),
    "value of an indicator entered": Sentence(T.INDICATOR, _("%(who)s reported an indicator: %(what)s")),
    "value of an indicator corrected": Sentence(T.INDICATOR, _("%(who)s corrected an indicator: %(what)s")),
    "value of an indicator computed": Sentence(T.INDICATOR, _("%(who)s had an indicator computed: %(what)s")),
    "restatement approved": Sentence(T.DELIVERY, _("%(who)s approved the restatement of a closed month")),
    "act refused": Sentence(T.OTHER, _("%(who)s tried something that was refused"), draft=True),
    "secret of a delivery source sealed anew": Sentence(
        T.DELIVERY, _("%(who)s sealed the secret of a delivery source with the new key: %(what)s")
    ),
    "delivery source connected": Sentence(T.DELIVERY, _("%(who)s connected the delivery source %(what)s")),
    "delivery source changed": Sentence(T.DELIVERY, _("%(who)s changed the delivery source %(what)s")),
    "secret of a delivery source replaced": Sentence(
        T.DELIVERY, _("%(who)s replaced the secret of the delivery source %(what)s")
    ),
    "board registered": Sentence(T.BOARD, _("%(who)s set up the board %(what)s")),
    "board changed": Sentence(T.BOARD, _("%(who)s changed the terms of the board %(what)s")),
    "kind of decision given to a board": Sentence(T.BOARD, _("%(who)s let a board decide: %(what)s")),
    "kind of decision taken from a board": Sentence(
        T.BOARD, _("%(who)s took a kind of decision from a board: %(what)s")
    ),
    "seat on a board taken": Sentence(T.BOARD, _("%(who)s gave a seat on a board: %(what)s")),
    "seat on a board ended": Sentence(T.BOARD, _("%(who)s ended a seat on a board: %(what)s")),
    "meeting called": Sentence(T.BOARD, _("%(who)s called a meeting: %(what)s"), draft=True),
    "meeting changed": Sentence(T.BOARD, _("%(who)s changed a meeting: %(what)s"), draft=True),
    "meeting cancelled": Sentence(T.BOARD, _("%(who)s cancelled a meeting: %(what)s"), draft=True),
    "meeting opened": Sentence(T.BOARD, _("%(who)s opened a meeting: %(what)s"), draft=True),
    "meeting closed": Sentence(T.BOARD, _("%(who)s closed a meeting: %(what)s"), draft=True),
    "attendance marked": Sentence(T.BOARD, _("%(who)s marked attendance: %(what)s"), draft=True),
    "point put on an agenda": Sentence(T.BOARD, _("%(who)s put on the agenda of a board: %(what)s"), draft=True),
    "point of an agenda changed": Sentence(T.BOARD, _("%(who)s changed a point of an agenda: %(what)s"), draft=True),
    "point moved on its agenda": Sentence(T.BOARD, _("%(who)s moved a point of an agenda: %(what)s"), draft=True),
    "point taken off its agenda": Sentence(T.BOARD, _("%(who)s took off the agenda: %(what)s"), draft=True),
    "voting opened": Sentence(T.BOARD, _("%(who)s opened the vote: %(what)s"), draft=True),
    "conflict of interest declared": Sentence(T.BOARD, _("%(who)s declared a conflict of interest"), draft=True),
    "vote cast": Sentence(T.BOARD, _("%(who)s voted: %(what)s"), draft=True),
    "voting closed": Sentence(T.BOARD, _("%(who)s closed the vote: %(what)s"), draft=True),
    "review decided": Sentence(T.BOARD, _("%(who)s recorded a decision: %(what)s")),
    "condition taken up by a decision": Sentence(T.BOARD, _("%(who)s took up a condition: %(what)s")),
    "condition not taken up": Sentence(
        T.BOARD, _("%(who)s did not take up a proposed condition: %(what)s"), draft=True
    ),
    "minutes drafted": Sentence(T.BOARD, _("%(who)s drew up the minutes: %(what)s"), draft=True),
    "minutes changed": Sentence(T.BOARD, _("%(who)s edited the minutes: %(what)s"), draft=True),
    "minutes circulated": Sentence(T.BOARD, _("%(who)s circulated the minutes: %(what)s"), draft=True),
    "minutes taken back to draft": Sentence(T.BOARD, _("%(who)s took the minutes back to draft: %(what)s"), draft=True),
    "minutes approved": Sentence(T.BOARD, _("%(who)s noted that minutes are approved: %(what)s"), draft=True),
    "minutes locked": Sentence(T.BOARD, _("%(who)s locked the minutes: %(what)s"), draft=True),
    "minutes corrected": Sentence(T.BOARD, _("%(who)s appended a correction to minutes: %(what)s"), draft=True),
    "meeting papers issued": Sentence(T.BOARD, _("%(who)s issued the papers of a meeting: %(what)s")),
    "change to the product begun": Sentence(T.BOARD, _("%(who)s began a change to the product: %(what)s")),
    "review begun": Sentence(T.BOARD, _("%(who)s began to prepare a review: %(what)s"), draft=True),
    "review changed": Sentence(T.BOARD, _("%(who)s wrote the texts of a review: %(what)s"), draft=True),
    "review submitted": Sentence(T.BOARD, _("%(who)s submitted a review: %(what)s"), draft=True),
    "review withdrawn": Sentence(T.BOARD, _("%(who)s withdrew a review: %(what)s"), draft=True),
    "artefact attached": Sentence(T.BOARD, _("%(who)s attached an artefact to a review: %(what)s"), draft=True),
    "artefact frozen anew": Sentence(T.BOARD, _("%(who)s froze an artefact of a review anew: %(what)s"), draft=True),
    "artefact removed": Sentence(T.BOARD, _("%(who)s removed an artefact from a review: %(what)s"), draft=True),
    "condition carried over to a correcting decision": Sentence(
        T.BOARD, _("%(who)s carried a condition over to the correcting decision: %(what)s")
    ),
    "condition withdrawn by a correcting decision": Sentence(
        T.BOARD, _("%(who)s withdrew a condition with the correcting decision: %(what)s")
    ),
    "condition proposed": Sentence(T.BOARD, _("%(who)s proposed a condition: %(what)s"), draft=True),
    "condition dropped": Sentence(T.BOARD, _("%(who)s took back a proposed condition: %(what)s"), draft=True),
    "memorandum came into force": Sentence(
        T.AGREEMENT, _("%(who)s gave the last signature of memorandum %(what)s: it is in force")
    ),
    "memorandum superseded": Sentence(T.AGREEMENT, _("%(who)s superseded memorandum %(what)s by a newer version")),
    "end of a memorandum proposed": Sentence(T.AGREEMENT, _("%(who)s proposed the end of a memorandum: %(what)s")),
    "end of a memorandum consented to": Sentence(
        T.AGREEMENT, _("%(who)s consented for a party to the end of a memorandum: %(what)s")
    ),
    "proposal to end a memorandum withdrawn": Sentence(
        T.AGREEMENT, _("%(who)s withdrew the proposal to end a memorandum: %(what)s")
    ),
    "memorandum terminated": Sentence(
        T.AGREEMENT, _("%(who)s noted that memorandum %(what)s ended as the parties agreed")
    ),
    "memorandum expired": Sentence(T.AGREEMENT, _("%(who)s noted that memorandum %(what)s had expired")),
    "transfer booked": Sentence(T.AGREEMENT, _("%(who)s booked a transfer: %(what)s")),
    "transfer corrected": Sentence(T.AGREEMENT, _("%(who)s corrected a transfer: %(what)s")),
    "transfer removed": Sentence(T.AGREEMENT, _("%(who)s took back a transfer: %(what)s")),
    "review of a memorandum noted": Sentence(T.AGREEMENT, _("%(who)s noted the review of the memorandum %(what)s")),
    "version log of a memorandum edited": Sentence(
        T.AGREEMENT, _("%(who)s edited the version log of memorandum %(what)s")
    ),
    "proposal to end a memorandum lapsed": Sentence(
        T.AGREEMENT, _("%(who)s made a proposal to end the memorandum void by a newer version")
    ),
    "memorandum begun": Sentence(T.AGREEMENT, _("%(who)s began the memorandum %(what)s"), draft=True),
    "memorandum changed": Sentence(T.AGREEMENT, _("%(who)s changed the terms of the memorandum %(what)s"), draft=True),
    "party of a memorandum entered": Sentence(
        T.AGREEMENT, _("%(who)s entered a party of the memorandum: %(what)s"), draft=True
    ),
    "party of a memorandum removed": Sentence(
        T.AGREEMENT, _("%(who)s removed a party of the memorandum: %(what)s"), draft=True
    ),
    "amount of a memorandum entered": Sentence(
        T.AGREEMENT, _("%(who)s entered an amount of the memorandum: %(what)s"), draft=True
    ),
    "amount of a memorandum removed": Sentence(
        T.AGREEMENT, _("%(who)s removed an amount of the memorandum: %(what)s"), draft=True
    ),
    "official of a memorandum named": Sentence(
        T.AGREEMENT, _("%(who)s named an official of the memorandum: %(what)s"), draft=True
    ),
    "official of a memorandum changed": Sentence(
        T.AGREEMENT, _("%(who)s changed an official of the memorandum: %(what)s"), draft=True
    ),
    "official of a memorandum removed": Sentence(
        T.AGREEMENT, _("%(who)s removed an official of the memorandum: %(what)s"), draft=True
    ),
    "question of a memorandum answered": Sentence(
        T.AGREEMENT, _("%(who)s answered a question of the memorandum"), draft=True
    ),
    "remark on a memorandum written": Sentence(T.AGREEMENT, _("%(who)s wrote a remark on the memorandum"), draft=True),
    "question before signing a memorandum": Sentence(
        T.AGREEMENT, _("%(who)s asked a question before signing the memorandum"), draft=True
    ),
    "remark on a memorandum settled": Sentence(
        T.AGREEMENT, _("%(who)s settled a remark on the memorandum"), draft=True
    ),
    "amendment of a memorandum begun": Sentence(T.AGREEMENT, _("%(who)s began the amendment %(what)s"), draft=True),
    "template of a memorandum added": Sentence(T.AGREEMENT, _("%(who)s added the template %(what)s")),
    "memorandum sent for review": Sentence(
        T.AGREEMENT, _("%(who)s sent the memorandum %(what)s for review"), draft=True
    ),
    "memorandum validated": Sentence(T.AGREEMENT, _("%(who)s validated the memorandum %(what)s"), draft=True),
    "memorandum concurred with": Sentence(T.AGREEMENT, _("%(who)s concurred with the memorandum %(what)s"), draft=True),
    "memorandum sent back": Sentence(T.AGREEMENT, _("%(who)s sent back the memorandum %(what)s"), draft=True),
    "memorandum reopened": Sentence(
        T.AGREEMENT, _("%(who)s took back the memorandum %(what)s to change it"), draft=True
    ),
    "memorandum approved": Sentence(
        T.AGREEMENT, _("%(who)s entered the committee’s approval of the memorandum %(what)s")
    ),
    "memorandum returned by the committee": Sentence(
        T.AGREEMENT, _("%(who)s entered that the committee did not approve the memorandum %(what)s"), draft=True
    ),
    "memorandum sent out for signature": Sentence(
        T.AGREEMENT, _("%(who)s sent out the memorandum %(what)s for signature"), draft=True
    ),
    "memorandum signed": Sentence(T.AGREEMENT, _("%(who)s signed the memorandum %(what)s")),
    "signing of a memorandum declined": Sentence(
        T.AGREEMENT, _("%(who)s declined to sign the memorandum %(what)s"), draft=True
    ),
    "signed copy of a memorandum handed in": Sentence(
        T.AGREEMENT, _("%(who)s handed in a signed copy of the memorandum %(what)s")
    ),
    "signed copy of a memorandum refused": Sentence(
        T.AGREEMENT, _("%(who)s noted that the scanner refused a signed copy of the memorandum"), draft=True
    ),
    "memorandum voided": Sentence(T.AGREEMENT, _("%(who)s voided the memorandum %(what)s"), draft=True),
    **RISKS,
    "evidence file uploaded": Sentence(T.PRODUCT, _("%(who)s uploaded the evidence file %(what)s"), draft=True),
    "memorandum sealed": Sentence(T.AGREEMENT, _("%(who)s sealed the memorandum %(what)s")),
    "document sealed": Sentence(T.BOARD, _("%(who)s sealed a document: %(what)s"), follows=True),
    "standing of a document noted": Sentence(
        T.BOARD, _("%(who)s noted whether a sealed document still stands: %(what)s"), follows=True
    ),
    "evidence file found clean": Sentence(T.PRODUCT, _("%(who)s found the evidence file %(what)s clean"), draft=True),
    "evidence file refused by the scanner": Sentence(
        T.PRODUCT, _("%(who)s refused the evidence file %(what)s: malware"), draft=True
    ),
    "record frozen as a document": Sentence(T.PRODUCT, _("%(who)s froze a record as a document: %(what)s"), draft=True),
}


def sentence(event: str) -> Sentence:
    """The sentence of `event`; its bare name for one that has none yet."""
    return SENTENCES.get(event) or Sentence(Topic.OTHER, f"%(who)s: {event.replace('%', '%%')}")


def events_of(topic: str) -> list[str]:
    """The events of one topic."""
    return [event for event, words in SENTENCES.items() if words.topic == topic]


def draft_events() -> list[str]:
    """Events only the team and those who watch over it may read."""
    return [event for event, words in SENTENCES.items() if words.draft]


def following_events() -> list[str]:
    """What the software does by itself after an act: the last acts of people are told without it."""
    return [event for event, words in SENTENCES.items() if words.follows]
