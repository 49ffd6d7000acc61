"""What people read for the fixed values of the engine, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from api.portal.marking import N_
from api.portal.record_words import RECORD_TABLES

FINGERS: Mapping[str, str] = {
    "unknown": N_("Finger not known"),
    "right_thumb": N_("Right thumb"),
    "right_index": N_("Right index finger"),
    "right_middle": N_("Right middle finger"),
    "right_ring": N_("Right ring finger"),
    "right_little": N_("Right little finger"),
    "left_thumb": N_("Left thumb"),
    "left_index": N_("Left index finger"),
    "left_middle": N_("Left middle finger"),
    "left_ring": N_("Left ring finger"),
    "left_little": N_("Left little finger"),
}

REGIONS: Mapping[str, str] = {
    "Africa": N_("Africa"),
    "Americas": N_("Americas"),
    "Asia & South Pacific": N_("Asia and South Pacific"),
    "Europe": N_("Europe"),
    "Middle East & North Africa": N_("Middle East and North Africa"),
}

PURPOSES: Mapping[str, str] = {
    "identification": N_("Identification"),
    "investigation": N_("Investigation"),
    "missing_person": N_("Missing person"),
    "victim_identification": N_("Victim identification"),
    "elimination": N_("Elimination"),
    "administration": N_("Administration of the record"),
}

ROLES: Mapping[str, str] = {
    "investigator": N_("Investigator"),
    "examiner": N_("Fingerprint examiner"),
    "ncb_officer": N_("Officer of the bureau"),
    "ccc_operator": N_("Operator of the command centre"),
    "auditor": N_("Auditor"),
    "admin": N_("Administrator"),
    "service": N_("Program"),
}

CLEARANCES: Mapping[str, str] = {
    "official": N_("Official"),
    "restricted": N_("Restricted"),
    "confidential": N_("Confidential"),
}

COLOURS: Mapping[str, str] = {
    "red": N_("Red notice"),
    "blue": N_("Blue notice"),
    "green": N_("Green notice"),
    "yellow": N_("Yellow notice"),
    "black": N_("Black notice"),
    "orange": N_("Orange notice"),
    "purple": N_("Purple notice"),
    "un": N_("UN special notice"),
    "silver": N_("Silver notice"),
}

PERSON_STATUS: Mapping[str, str] = {
    "convicted": N_("Convicted"),
    "charged": N_("Charged"),
    "suspect": N_("Suspect"),
    "witness": N_("Witness"),
    "victim": N_("Victim"),
    "missing": N_("Missing"),
    "unknown_body": N_("Unidentified body"),
    "other": N_("Other"),
}

SEXES: Mapping[str, str] = {"M": N_("Male"), "F": N_("Female"), "U": N_("Sex not known")}

STAGES: Mapping[str, str] = {
    "queued": N_("Waiting for its turn"),
    "read": N_("Reading the image"),
    "extract": N_("Finding minutiae"),
    "describe": N_("Describing their neighbourhoods"),
    "authorise": N_("Checking what you may see"),
    "shortlist": N_("Listing similar prints"),
    "compare": N_("Comparing exactly"),
    "rank": N_("Ranking persons"),
    "audit": N_("Writing the audit record"),
}

CASE_STATUS: Mapping[str, str] = {
    "awaiting_first": N_("Waits for the first examiner"),
    "awaiting_second": N_("Waits for the second examiner"),
    "in_conflict": N_("Examiners differ"),
    "confirmed": N_("Identification confirmed"),
    "not_confirmed": N_("Not confirmed"),
}

CONCLUSIONS: Mapping[str, str] = {
    "identification": N_("Of one finger: identification"),
    "exclusion": N_("Of two fingers: exclusion"),
    "inconclusive": N_("Inconclusive"),
}

SEATS: Mapping[str, str] = {
    "first": N_("First examiner"),
    "second": N_("Second examiner"),
    "supervisor": N_("Supervisor"),
}

HIT_STATUS: Mapping[str, str] = {
    "open": N_("Waits for the owner"),
    "confirmed": N_("Confirmed by the owner"),
    "refused": N_("Refused by the owner"),
    "closed": N_("Closed"),
    "withdrawn": N_("Withdrawn"),
}

HIT_ACTS: Mapping[str, str] = {
    "open": N_("The hit was opened"),
    "confirm": N_("The owner confirmed it"),
    "refuse": N_("The owner refused it"),
    "close": N_("It was closed"),
    "withdraw": N_("It was withdrawn"),
    "reopen": N_("It was opened again"),
}

HIT_STEPS: Mapping[str, str] = {
    "confirm": N_("Confirm the hit"),
    "refuse": N_("Refuse the hit"),
    "close": N_("Close the hit"),
}

PRIORITIES: Mapping[str, str] = {
    "routine": N_("Routine"),
    "urgent": N_("Urgent"),
    "flash": N_("Flash"),
}

ITEM_KINDS: Mapping[str, str] = {
    "message": N_("Message to the centre"),
    "hit": N_("Hit"),
    "reverse_hit": N_("Hit of an unsolved latent"),
    "red_notice": N_("Red notice"),
    "orange_warning": N_("Orange notice: imminent threat"),
    "escalation": N_("Acknowledgement is late"),
}

ITEM_STATES: Mapping[str, str] = {
    "open": N_("Waits"),
    "taken": N_("In hand"),
    "done": N_("Done"),
}

ITEM_ACTS: Mapping[str, str] = {
    "open": N_("It came in"),
    "take": N_("Taken in hand"),
    "release": N_("Put back"),
    "finish": N_("Done"),
    "hand-over": N_("Handed over"),
}

ROOMS: Mapping[str, str] = {
    "singapore": N_("Singapore"),
    "lyon": N_("Lyon"),
    "buenos_aires": N_("Buenos Aires"),
}

ORGANISATION_KINDS: Mapping[str, str] = {
    "ncb": N_("National Central Bureau"),
    "sub_bureau": N_("Sub-bureau"),
    "general_secretariat": N_("General Secretariat"),
    "ccc": N_("Command and Coordination Centre"),
}

EVENT_KINDS: Mapping[str, str] = {
    "notice": N_("Notices"),
    "hit": N_("Hits"),
    "alert": N_("Alerts of latents"),
    "message": N_("Messages"),
    "record": N_("Records of the bureau"),
    "centre": N_("Work of the command centre"),
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "finger": FINGERS,
    "region": REGIONS,
    "purpose": PURPOSES,
    "role": ROLES,
    "clearance": CLEARANCES,
    "colour": COLOURS,
    "person_status": PERSON_STATUS,
    "sex": SEXES,
    "stage": STAGES,
    "case_status": CASE_STATUS,
    "conclusion": CONCLUSIONS,
    "seat": SEATS,
    "hit_status": HIT_STATUS,
    "hit_act": HIT_ACTS,
    "hit_step": HIT_STEPS,
    "priority": PRIORITIES,
    **RECORD_TABLES,
    "item_kind": ITEM_KINDS,
    "item_state": ITEM_STATES,
    "item_act": ITEM_ACTS,
    "room": ROOMS,
    "organisation_kind": ORGANISATION_KINDS,
    "event_kind": EVENT_KINDS,
}
"""By the name that templates use: `finger | word("finger")`."""
