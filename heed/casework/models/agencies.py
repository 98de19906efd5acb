"""Agencies, the people who work for them, the posts they hold and the children they work with."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Agency(models.Model):
    """A body that sends records and owes answers. `kind` is a word of policy/agencies.yaml."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Professionals(BaseUserManager["Professional"]):
    """Reads professionals by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Professional":
        return self.get(username=username)


class Professional(AbstractBaseUser):
    """A person who works for an agency. `grade` is a rank of records version 1, `role` their job in words."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="professionals")
    role = models.CharField(max_length=80)
    grade = models.CharField(max_length=20)
    line_manager = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    objects = Professionals()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class Post(models.Model):
    """Who holds a post of the ladder at an agency; the lowest `order` that can be reached owes the answer."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="posts")
    post = models.CharField(max_length=30)
    holder = models.ForeignKey(Professional, models.PROTECT, related_name="posts")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "post", "order"], name="one_holder_per_order"),
        ]
        ordering = ["agency", "post", "order"]


class Relationship(models.Model):
    """A live working relationship with a child: the reason somebody may see what other agencies hold.

    It hangs on a source (one person in one agency's files), never on a computed person,
    so that it survives when links change.
    """

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="relationships")
    source_agency = models.CharField(max_length=40)
    source_ref = models.CharField(max_length=240)
    basis = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    duty = models.ForeignKey("casework.Duty", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["professional", "until"])]
