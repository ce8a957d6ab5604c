"""Every blueprint of the product, and the modules whose import registers job handlers."""

from flask import Flask

from fairapp.accounts.views import account as accounts
from fairapp.accounts.views import members, saved_views
from fairapp.applications.service import leaving as applications_leaving
from fairapp.applications.views import applicant as exhibitor_desk
from fairapp.applications.views import co_organizers, deciding, eligibility
from fairapp.applications.views import organizer as applications
from fairapp.applications.views import own as own_application
from fairapp.applications.views import remarks as application_remarks
from fairapp.audit import views as audit
from fairapp.badges import tasks as badge_tasks
from fairapp.badges.views import holder as own_badges
from fairapp.badges.views import organizer as badges
from fairapp.badges.views import staff_badges
from fairapp.booths.views import exhibitor as exhibitor_booth
from fairapp.booths.views import organizer as booths
from fairapp.booths.views import parts as booth_parts
from fairapp.checkin.views import gate
from fairapp.checkin.views import organizer as checkin
from fairapp.exhibitors.views import (
    badge_settings,
    co_exhibitors,
    delegated,
    delegated_staff,
    own_co_exhibitors,
    pavilions,
    staff_of_exhibitor,
)
from fairapp.exhibitors.views import contact as exhibitor_contact
from fairapp.exhibitors.views import links as exhibitor_links
from fairapp.exhibitors.views import one as one_exhibitor
from fairapp.exhibitors.views import organizer as exhibitors
from fairapp.exhibitors.views import staff as exhibitor_staff
from fairapp.fairs import views as fairs
from fairapp.fees import tasks as fee_tasks
from fairapp.fees.views import bank, invoices, organizer_orders, own_payments, payers, payment_settings, payments
from fairapp.fees.views import delegate as delegated_orders
from fairapp.fees.views import exhibitor as exhibitor_orders
from fairapp.fees.views import organizer as fees
from fairapp.fees.views import parts as fee_parts
from fairapp.fees.views import settings as fee_settings
from fairapp.imports import tasks as import_tasks
from fairapp.imports.views import exhibitors as exhibitor_import
from fairapp.jobs import views as jobs
from fairapp.letters import tasks as letter_tasks
from fairapp.letters.views import bulk as bulk_mails
from fairapp.letters.views import log as mail_log
from fairapp.letters.views import templates as letters
from fairapp.mail import tasks as mail_tasks
from fairapp.mail import views as mail
from fairapp.manual import tasks as manual_tasks
from fairapp.manual.views import exhibitor as exhibitor_manual
from fairapp.manual.views import organizer as manual
from fairapp.manual.views import progress as manual_progress
from fairapp.meetings.views import organizer as meetings
from fairapp.meetings.views import participant as my_meetings
from fairapp.needs.views import buyer as my_needs
from fairapp.needs.views import exhibitor as needs_to_meet
from fairapp.needs.views import organizer as needs
from fairapp.register import tasks as register_tasks
from fairapp.register.views import certificates as profile_certificates
from fairapp.register.views import files as register_files
from fairapp.register.views import lists as profile_lists
from fairapp.register.views import merging as register_merging
from fairapp.register.views import organizer as register_desk
from fairapp.register.views import parts as register_parts
from fairapp.register.views import products as profile_products
from fairapp.register.views import profile as enterprise_profile
from fairapp.reports import views as reports
from fairapp.site import tasks as site_tasks
from fairapp.site.views import catalogue
from fairapp.site.views import directory as site
from fairapp.visitors.views import organizer as visitors
from fairapp.visitors.views import public as registration

BLUEPRINTS = (
    accounts.bp,
    application_remarks.bp,
    applications.bp,
    audit.bp,
    badges.bp,
    bank.bp,
    booths.bp,
    bulk_mails.bp,
    catalogue.bp,
    checkin.bp,
    co_organizers.bp,
    deciding.bp,
    badge_settings.bp,
    co_exhibitors.bp,
    delegated.bp,
    delegated_orders.bp,
    delegated_staff.bp,
    eligibility.bp,
    enterprise_profile.bp,
    exhibitor_booth.bp,
    exhibitor_desk.bp,
    exhibitor_import.bp,
    exhibitor_manual.bp,
    exhibitor_orders.bp,
    exhibitor_contact.bp,
    exhibitor_links.bp,
    exhibitor_staff.bp,
    exhibitors.bp,
    fairs.bp,
    fee_settings.bp,
    fees.bp,
    gate.bp,
    invoices.bp,
    jobs.bp,
    letters.bp,
    mail.bp,
    mail_log.bp,
    manual.bp,
    manual_progress.bp,
    meetings.bp,
    members.bp,
    my_meetings.bp,
    my_needs.bp,
    needs.bp,
    needs_to_meet.bp,
    organizer_orders.bp,
    own_application.bp,
    one_exhibitor.bp,
    own_badges.bp,
    own_co_exhibitors.bp,
    pavilions.bp,
    own_payments.bp,
    payers.bp,
    payment_settings.bp,
    payments.bp,
    profile_certificates.bp,
    profile_lists.bp,
    profile_products.bp,
    register_desk.bp,
    register_files.bp,
    register_merging.bp,
    registration.bp,
    reports.bp,
    saved_views.bp,
    site.bp,
    staff_badges.delegated,
    staff_badges.of_exhibitor,
    staff_badges.own,
    staff_of_exhibitor.bp,
    visitors.bp,
)

TASKS = (
    applications_leaving,
    badge_tasks,
    import_tasks,
    fee_tasks,
    letter_tasks,
    mail_tasks,
    manual_tasks,
    register_tasks,
    site_tasks,
)
"""Imported for their job handlers, and for what they let go when an exhibitor withdraws."""

PARTS = (booth_parts, fee_parts, register_parts)
"""Imported for what they add to the pages of features below theirs."""


def register(app: Flask) -> None:
    """Register every feature's pages."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
