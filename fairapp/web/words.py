"""The words for states, kinds and verdicts; codes stand in the database, words on the page."""

from flask import Flask
from flask_babel import lazy_gettext as _

WORDS = {
    "application": {
        "draft": _("Draft"),
        "applied": _("Applied"),
        "returned": _("Returned"),
        "waiting_list": _("Waiting list"),
        "accepted": _("Accepted"),
        "confirmed": _("Confirmed"),
        "rejected": _("Rejected"),
        "withdrawn": _("Withdrawn"),
    },
    "form_state": {
        "missing": _("No stamped form yet"),
        "matched": _("Form checked"),
        "older": _("Form of an older version"),
        "unreadable": _("Form without a readable code"),
    },
    "missing": {
        "form": _("The signed and stamped form"),
        "form_older": _("A stamped form of the latest version; the one here is older"),
        "form_unreadable": _("A look at the stamped form: its code cannot be read"),
        "representative": _("The legal representative"),
        "address": _("The address with its province"),
        "employees": _("The number of employees"),
        "sectors": _("A sector"),
        "processes": _("A process"),
        "products": _("The main products"),
        "fascia_name": _("The fascia name"),
        "contact": _("A contact with mail address and phone"),
        "subsidy_source": _("Which body is to pay the subsidy"),
        "certificate_expired": _("A valid certificate; one has expired"),
    },
    "remark": {
        "note": _("Note"),
        "for": _("recommends to accept"),
        "against": _("recommends to reject"),
        "to_exhibitor": _("The organizer"),
        "from_exhibitor": _("The enterprise"),
    },
    "step": {
        "accept": _("Accept"),
        "wait": _("Waiting list"),
        "return": _("Return"),
        "reject": _("Reject"),
        "reopen": _("Take the decision back"),
    },
    "booth": {
        "free": _("Free"),
        "held": _("Held"),
        "allocated": _("Allocated"),
        "blocked": _("Blocked"),
    },
    "extra_group": {
        "power": _("Power"),
        "media": _("Air, water, network"),
        "furniture": _("Furniture"),
        "display": _("Display and light"),
        "people": _("People"),
        "transport": _("Transport"),
        "other": _("Other"),
    },
    "offer": {"open": _("Open"), "late": _("Late"), "closed": _("Closed")},
    "order": {"standing": _("Ordered"), "late": _("With surcharge"), "cancelled": _("Cancelled")},
    "need": {"open": _("Open"), "in_talks": _("In talks"), "closed": _("Closed")},
    "visibility": {"public": _("Everybody"), "exhibitors": _("Exhibitors of the fair only")},
    "request": {
        "requested": _("Requested"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
        "expired": _("Expired"),
    },
    "unscheduled": {
        "no_common_slot": _("The two have no slot in common."),
        "participant_full": _("One of the two has no free slot left."),
        "no_table": _("Every table is taken in the slots they have in common."),
        "less_weight": _("Other meetings of the two took the last slots."),
    },
    "profile_part": {
        "main_products_vi": _("Main products in Vietnamese"),
        "main_products_en": _("Main products in English"),
        "summary_vi": _("Catalogue text in Vietnamese"),
        "summary_en": _("Catalogue text in English"),
        "website": _("Website"),
        "logo": _("Logo"),
        "products": _("Three products with a photo"),
        "sectors": _("Sectors"),
        "processes": _("Processes"),
        "materials": _("Materials"),
        "tolerance": _("Tightest tolerance"),
        "lot_sizes": _("Lot sizes"),
        "capacity": _("Capacity in a month"),
        "languages": _("Languages spoken with buyers"),
        "machines": _("Machines"),
        "certificates": _("A valid certificate"),
        "figures": _("Three figures of quality, cost or delivery"),
        "customers": _("A customer"),
    },
    "paste_fault": {
        "no_kind": _("the type is missing"),
        "too_long": _("a cell is too long"),
        "year": _("the year is not one"),
        "quantity": _("the quantity is no whole number from 1 on"),
        "too_many_cells": _("there are more than six cells"),
    },
    "validity": {"valid": _("Valid"), "expiring": _("Expires soon"), "expired": _("Expired")},
    "duplicate": {
        "tax_code": _("same tax code"),
        "branch": _("branches of one tax code"),
        "name_and_province": _("same name and province"),
        "name": _("same name"),
        "phone": _("same phone"),
        "domain": _("same mail or web domain"),
    },
    "takes_part": {"applied": _("Applied"), "exhibits": _("Exhibits"), "buys": _("Buys")},
    "mail": {"waiting": _("Waiting"), "sent": _("Sent"), "kept": _("Kept here"), "failed": _("Failed")},
    "job": {"ready": _("Waiting"), "running": _("Running"), "done": _("Done"), "dead": _("Failed")},
    "badge_state": {"valid": _("Valid"), "revoked": _("Revoked")},
    "role": {
        "organizer": _("Organizer"),
        "co_organizer": _("Co-organizer"),
        "exhibitor_contact": _("Exhibitor: contact"),
        "exhibitor_staff": _("Exhibitor: staff"),
        "buyer": _("Buyer"),
        "gate": _("Gate"),
    },
    "verdict": {
        "admitted": _("Come in"),
        "already_in": _("Already in"),
        "wrong_day": _("Wrong day"),
        "not_open": _("Not open"),
        "wrong_category": _("Not at this gate"),
        "revoked": _("Revoked"),
        "not_ours": _("Not ours"),
        "wrong_fair": _("Another fair"),
        "forged": _("Forged"),
        "unknown_badge": _("Unknown badge"),
    },
    "exhibitor_kind": {
        "shell_scheme": _("Shell scheme"),
        "raw_space": _("Raw space"),
        "co_exhibitor": _("Co-exhibitors"),
        "pavilion": _("Pavilions"),
    },
    "task": {
        "open": _("Open"),
        "soon": _("Due soon"),
        "late": _("Late"),
        "returned": _("Returned"),
        "done": _("Done"),
        "waived": _("Waived"),
        "not_yet": _("Not asked for yet"),
        "missed": _("Not used"),
    },
    "task_action": {
        "profile": _("Complete the enterprise profile"),
        "fascia": _("Set the fascia name"),
        "catalogue_text": _("Write the catalogue text"),
        "certificates": _("Upload the files of certificates"),
        "staff": _("Enter the staff"),
        "contractors": _("Enter the contractors"),
        "orders": _("Order extras"),
        "payment": _("Pay what was asked for"),
        "confirm": _("Confirm by a tick"),
        "text": _("Answer in words"),
        "upload": _("Send a file"),
    },
    "revoked_reason": {
        "reprint": _("a new badge was printed for it"),
        "lost": _("reported lost"),
        "withdrawn": _("the registration was withdrawn"),
        "organizer": _("by the organizer"),
        "role_ended": _("the role at the fair has ended"),
    },
}

JOBS = {
    "mail.send": _("Send a mail"),
    "badges.send_to_visitor": _("Send a badge"),
    "badges.revoke_withdrawn": _("Revoke a badge"),
    "badges.revoke_member": _("Revoke a badge"),
    "badges.print": _("Print badges"),
    "manual.remind": _("Remind of deadlines"),
    "manual.files": _("Collect the files of a task"),
    "letters.send": _("Send a bulk mail"),
}

ACTIONS = {
    "application.apply": _("applied"),
    "application.accept": _("accepted the application"),
    "application.reject": _("rejected the application"),
    "application.return": _("returned the application"),
    "application.wait": _("put on the waiting list"),
    "application.reopen": _("took the decision back"),
    "application.undo": _("undid the decision"),
    "application.message": _("wrote to the enterprise"),
    "application.ask": _("wrote to the organizer"),
    "application.recommend_for": _("recommended to accept"),
    "application.recommend_against": _("recommended to reject"),
    "application.move": _("gave the application to another body"),
    "co_organizer.add": _("added a co-organizer"),
    "co_organizer.update": _("changed a co-organizer"),
    "co_organizer.remove": _("removed a co-organizer"),
    "co_organizer.rotate": _("changed the invitation link of a co-organizer"),
    "application.confirm": _("confirmed"),
    "application.withdraw": _("withdrew the application"),
    "application.choose": _("chose booths"),
    "staff.add": _("added a person"),
    "enterprise.update": _("changed the profile"),
    "enterprise.add": _("added to the profile"),
    "enterprise.remove": _("took something out of the profile"),
    "enterprise.restore": _("put something back into the profile"),
    "enterprise.correct": _("corrected the register"),
    "enterprise.merge": _("merged two entries of the register"),
    "enterprise.undo_merge": _("undid a merge"),
    "booth.allocate": _("allocated the booth"),
    "booth.release": _("released the booth"),
    "booth.block": _("blocked the booth"),
    "booth.unblock": _("opened the booth"),
    "fee_rules.set": _("changed the fees"),
    "extra.add": _("added an extra"),
    "extra.update": _("changed an extra"),
    "extra.remove": _("took an extra out of the catalogue"),
    "extra.offer": _("offered an extra again"),
    "extra.copy": _("brought extras into the catalogue"),
    "order.place": _("ordered extras"),
    "order.change": _("changed an order"),
    "order.cancel": _("cancelled an order"),
    "order.restore": _("took the cancellation of an order back"),
    "subsidy.add": _("entered a subsidy"),
    "subsidy.update": _("changed a subsidy"),
    "subsidy.remove": _("took a subsidy away"),
    "adjustment.add": _("added an adjustment"),
    "adjustment.remove": _("took an adjustment away"),
    "visitor.register": _("registered"),
    "visitor.withdraw": _("withdrew the registration"),
    "buyer.register": _("entered a buyer"),
    "need.post": _("posted a need"),
    "need.update": _("changed a need"),
    "meeting_request.request": _("asked for a meeting"),
    "meeting_request.accept": _("accepted a meeting"),
    "meeting_request.decline": _("declined a meeting"),
    "meeting_request.withdraw": _("withdrew a request"),
    "availability.set": _("set the availability"),
    "meeting.schedule": _("scheduled the meetings"),
    "meeting.clear": _("took every meeting out"),
    "badge.issue": _("issued a badge"),
    "badge.reprint": _("reprinted a badge"),
    "badge.revoke": _("revoked a badge"),
    "badge.print": _("ordered the print of badges"),
    "badge.rotate_key": _("changed the key of badges"),
    "gate.add": _("added a gate"),
    "gate.rehearse": _("started a rehearsal"),
    "gate.end_rehearsal": _("ended the rehearsal"),
    "fair.update": _("changed the settings"),
    "fair.set_hours": _("changed the opening hours"),
    "fair.import": _("imported the fair"),
    "fair.set_manual": _("changed freeze dates and reminders"),
    "manual.start": _("began the exhibitor manual"),
    "manual.copy": _("copied the exhibitor manual"),
    "manual_section.add": _("added a section of the manual"),
    "manual_section.update": _("changed a section of the manual"),
    "manual_section.remove": _("took out a section of the manual"),
    "manual_task.add": _("added a task of the manual"),
    "manual_task.update": _("changed a task of the manual"),
    "manual_task.remove": _("took out a task of the manual"),
    "task_answer.answer": _("answered a task"),
    "task_answer.return": _("returned an answer"),
    "task_answer.accept": _("let an answer pass again"),
    "task_answer.waive": _("waived a task"),
    "task_answer.ask": _("asked for a task again"),
    "mail_template.save": _("changed the words of a mail"),
    "mail_template.reset": _("went back to the product's words of a mail"),
    "mail_template.remove": _("removed a mail template"),
    "bulk_mail.send": _("sent a bulk mail"),
    "mail.resend": _("sent a mail again"),
    "membership.add": _("gave a role"),
    "membership.remove": _("took a role away"),
    "membership.move": _("gave a co-organizer its body"),
}
"""What the audit trail says for each action."""

STATES = {
    "application": {
        "draft": "open", "applied": "wait", "returned": "wait", "waiting_list": "wait",
        "accepted": "agreed", "confirmed": "done", "rejected": "stop", "withdrawn": "off",
    },
    "booth": {"free": "open", "held": "wait", "allocated": "done", "blocked": "off"},
    "offer": {"open": "open", "late": "wait", "closed": "off"},
    "order": {"standing": "agreed", "late": "wait", "cancelled": "off"},
    "need": {"open": "open", "in_talks": "wait", "closed": "off"},
    "request": {
        "requested": "wait", "accepted": "agreed", "declined": "stop", "withdrawn": "off", "expired": "off",
    },
    "mail": {"waiting": "wait", "sent": "done", "kept": "agreed", "failed": "stop"},
    "job": {"ready": "open", "running": "wait", "done": "done", "dead": "stop"},
    "badge_state": {"valid": "done", "revoked": "stop"},
    "validity": {"valid": "done", "expiring": "wait", "expired": "off"},
    "task": {
        "open": "open", "soon": "wait", "late": "stop", "returned": "wait",
        "done": "done", "waived": "off", "not_yet": "off", "missed": "off",
    },
    "verdict": {
        "admitted": "done", "already_in": "wait", "wrong_day": "stop", "not_open": "stop",
        "wrong_category": "stop", "revoked": "stop", "not_ours": "stop", "wrong_fair": "stop",
        "forged": "stop", "unknown_badge": "stop",
    },
}  # fmt: skip
"""The look of each state: open, wait, agreed, done, stop, off."""


def init_app(app: Flask) -> None:
    """Give the words to the templates of ``app``."""
    app.add_template_filter(word, "word")
    app.add_template_filter(state, "state")
    app.add_template_filter(lambda code: str(JOBS[code]), "job")
    app.add_template_filter(action, "action")


def word(code: str, kind: str) -> str:
    """Return the word for a code, in the reader's language."""
    return str(WORDS[kind][str(code)])


def action(code: str) -> str:
    """Return what the audit trail says for an action."""
    return str(ACTIONS[code])


def state(code: str, kind: str) -> str:
    """Return the look of a state."""
    return STATES[kind][str(code)]


def options(kind: str) -> list[tuple[str, str]]:
    """Return codes and words, for a list to choose from."""
    return [(code, str(text)) for code, text in WORDS[kind].items()]
