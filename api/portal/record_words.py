"""What people read for the fixed values of persons, prints and notices, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from api.portal.marking import N_

IMPRESSIONS: Mapping[str, str] = {
    "live_plain": N_("Plain, taken live"),
    "live_rolled": N_("Rolled, taken live"),
    "nonlive_plain": N_("Plain, from paper"),
    "nonlive_rolled": N_("Rolled, from paper"),
    "latent_impression": N_("Latent, impression"),
    "latent_tracing": N_("Latent, tracing"),
    "latent_photo": N_("Latent, photograph"),
    "latent_lift": N_("Latent, lift"),
    "live_swipe": N_("Swiped"),
    "unknown": N_("Impression not known"),
}

RECIPIENTS: Mapping[str, str] = {
    "ALL": N_("All bureaus"),
    "ALLOW": N_("Only these bureaus"),
    "DENY": N_("All but these bureaus"),
}

ACCESSES: Mapping[str, str] = {
    "read.person": N_("Opened the record"),
    "read.print": N_("Opened a print"),
    "read.image": N_("Looked at an image"),
    "search": N_("Found it by a search"),
    "search.again": N_("Read the answer of a search again"),
    "enrol": N_("Added prints"),
    "person.add": N_("Recorded the person"),
    "person.handle": N_("Changed how it is handled"),
    "print.handle": N_("Changed how a print is handled"),
    "read.person-handling": N_("Read how it is handled"),
    "read.print-handling": N_("Read how a print is handled"),
    "list.accesses": N_("Read who has looked"),
    "read.examination": N_("Opened a case about it"),
    "list.examinations": N_("Listed cases about it"),
    "read.hit": N_("Opened a hit on it"),
    "list.hits": N_("Listed hits on it"),
}
"""The acts that are usual; others keep their name of the audit chain."""

NOTICE_KINDS: Mapping[str, str] = {"notice": N_("Notice"), "diffusion": N_("Diffusion")}

NOTICE_STATUS: Mapping[str, str] = {
    "DRAFT": N_("Draft"),
    "REQUESTED": N_("Requested"),
    "UNDER_REVIEW": N_("Under review"),
    "PUBLISHED": N_("Published"),
    "CIRCULATED": N_("Circulated"),
    "REFUSED": N_("Refused"),
    "SUSPENDED": N_("Suspended"),
    "WITHDRAWN": N_("Withdrawn"),
    "CANCELLED": N_("Cancelled"),
    "EXPIRED": N_("Expired"),
}

NOTICE_STEPS: Mapping[str, str] = {
    "submit": N_("Submit for review"),
    "take-up": N_("Take up the review"),
    "publish": N_("Publish"),
    "refuse": N_("Refuse the request"),
    "suspend": N_("Suspend"),
    "resume": N_("Put into force again"),
    "withdraw": N_("Withdraw"),
    "cancel": N_("Cancel"),
    "renew": N_("Renew"),
    "circulate": N_("Circulate"),
}

NOTICE_EVENTS: Mapping[str, str] = {
    "requested": N_("A request waits for review"),
    "correction-proposed": N_("A correction waits for review"),
    "under-review": N_("Your request is under review"),
    "questioned": N_("There are questions about your request"),
    "refused": N_("Your request was refused"),
    "correction-refused": N_("Your correction was refused"),
    "expires-soon": N_("Your notice ends soon"),
    "published": N_("Notice published"),
    "circulated": N_("Diffusion received"),
    "corrected": N_("Notice corrected"),
    "suspended": N_("Notice suspended"),
    "resumed": N_("Notice in force again"),
    "renewed": N_("Notice renewed"),
    "withdrawn": N_("Notice withdrawn"),
    "cancelled": N_("Notice cancelled"),
    "expired": N_("Notice expired"),
}

NOTICE_ACTS: Mapping[str, str] = {
    "draft": N_("Drafted"),
    "edit": N_("Changed"),
    "import": N_("Taken over from another system"),
    "submit": N_("Submitted for review"),
    "take-up": N_("Review taken up"),
    "publish": N_("Published"),
    "refuse": N_("Refused"),
    "suspend": N_("Suspended"),
    "resume": N_("Put into force again"),
    "withdraw": N_("Withdrawn"),
    "cancel": N_("Cancelled"),
    "renew": N_("Renewed"),
    "expire": N_("Expired"),
    "circulate": N_("Circulated"),
    "correct": N_("Corrected"),
    "propose": N_("Correction proposed"),
    "restrict": N_("Recipients changed"),
    "warn": N_("Owner warned of its end"),
    "review-approve": N_("Found in order"),
    "review-refuse": N_("Found wanting"),
    "review-ask": N_("Questions asked"),
    "translate-ar": N_("Translated into Arabic"),
    "translate-en": N_("Translated into English"),
    "translate-fr": N_("Translated into French"),
    "translate-es": N_("Translated into Spanish"),
}

COLOUR_PURPOSES: Mapping[str, str] = {
    "red": N_("To locate a person and arrest them provisionally, pending extradition"),
    "blue": N_("To learn of a person's identity, whereabouts or doings in an investigation"),
    "green": N_("To warn of a person's crimes, which may be repeated elsewhere"),
    "yellow": N_("To find a missing person, or to learn who somebody is who cannot tell"),
    "black": N_("To learn who an unidentified body was"),
    "orange": N_("To warn of an event, person, object or process that threatens at once"),
    "purple": N_("To tell of, or ask about, ways of working, objects, devices and hiding places"),
    "un": N_("To tell of a person or entity under sanctions of the UN Security Council"),
    "silver": N_("To trace and recover criminal assets"),
}

VERDICTS: Mapping[str, str] = {
    "approve": N_("In order: approve"),
    "refuse": N_("Not in order: refuse"),
    "ask": N_("Ask the bureau"),
}

RECORD_TABLES: Mapping[str, Mapping[str, str]] = {
    "impression": IMPRESSIONS,
    "recipients": RECIPIENTS,
    "access": ACCESSES,
    "colour_purpose": COLOUR_PURPOSES,
    "notice_kind": NOTICE_KINDS,
    "notice_status": NOTICE_STATUS,
    "notice_step": NOTICE_STEPS,
    "notice_event": NOTICE_EVENTS,
    "notice_act": NOTICE_ACTS,
    "notice_verdict": VERDICTS,
}
"""By the name that templates use."""
