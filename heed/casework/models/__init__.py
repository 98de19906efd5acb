"""The tables. Kept truth: agency, professional, record, agreement, ledger, checkpoint, verdict with its steps,
introduction, judgement of a sample, what was called significant, emergency access with its review, conflict of interest
with its end, what is registered with its steps, duty, notice, letter, other ways to reach somebody, absence, turn on
call, policy in force, outbox.

Computed truth (may be thrown away; `heed rebuild --check` proves it): source, mention, thing, link, clash, finding.
What looks showed is computed from the ledger, as far as it was read.
"""

from heed.casework.models.agencies import Agency, Post, Professional, Relationship
from heed.casework.models.attachments import Attachment, AttachmentBody, AttachmentLook
from heed.casework.models.checkpoints import Checkpoint, Cosignature
from heed.casework.models.conflicts import Conflict, ConflictEnd
from heed.casework.models.duties import Duty, DutyStep
from heed.casework.models.erasure import ErasedRecord, ErasureDecision, ErasureRequest, HoldLifted, LegalHold
from heed.casework.models.findings import Finding, FindingChild
from heed.casework.models.glass import Glass, GlassReview
from heed.casework.models.intake import AgencyKey, Batch, BatchRecord, Submission
from heed.casework.models.judging import Clash, Introduction, IntroductionAnswer, VerdictStep
from heed.casework.models.ledger import Body, Entry, Head
from heed.casework.models.links import BlockingKey, Link, Source, Verdict
from heed.casework.models.mail import MailReceipt, MailTaken
from heed.casework.models.notices import Address, Letter, Notice
from heed.casework.models.outbox import Heartbeat, Outbox
from heed.casework.models.presence import Absence, OnCall
from heed.casework.models.records import Mention, Record, ThingSeen
from heed.casework.models.register import Registered, RegisterStep
from heed.casework.models.reviewing import Significance
from heed.casework.models.sampling import ClericalSample, Judged, LinkingCount, SampledPair
from heed.casework.models.shown import Shown
from heed.casework.models.sign_in import FailedSignIn
from heed.casework.models.thresholds import FittedThreshold
from heed.casework.models.watching import PolicyInForce, RuleBeat
from heed.casework.models.ways import Nudge, Way
from heed.casework.models.writing import Agreement, Draft, WordingChoice

__all__ = [
    "Absence", "Address", "Agency", "AgencyKey", "Agreement", "Attachment", "AttachmentBody", "AttachmentLook",
    "Batch", "BatchRecord", "BlockingKey", "Body", "Checkpoint", "Clash", "ClericalSample", "Conflict", "ConflictEnd",
    "Cosignature", "Draft", "Duty", "DutyStep", "Entry", "ErasedRecord", "ErasureDecision", "ErasureRequest",
    "FailedSignIn", "Finding", "FindingChild", "FittedThreshold", "Glass", "GlassReview", "Head", "Heartbeat",
    "HoldLifted", "Introduction", "IntroductionAnswer", "Judged", "LegalHold", "Letter", "Link", "LinkingCount",
    "MailReceipt", "MailTaken", "Mention", "Notice", "Nudge", "OnCall", "Outbox", "PolicyInForce", "Post",
    "Professional", "Record", "RegisterStep", "Registered", "Relationship", "RuleBeat", "SampledPair", "Shown",
    "Significance", "Source", "Submission", "ThingSeen", "Verdict", "VerdictStep", "Way", "WordingChoice",
]  # fmt: skip
