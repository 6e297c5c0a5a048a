"""BaseResource: django-import-export's resource, scoped to an actor, strict, and closed to workflow columns."""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import DateTimeField, Model, QuerySet
from django.db.models import Field as ModelField
from django.utils.translation import gettext as _
from django_fsm import FSMFieldMixin
from import_export.resources import ModelResource

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.exchange.columns import Column, KeepAsIs
from portal.exchange.kinds import cell_for
from portal.kernel.errors import PortalError

logger = logging.getLogger(__name__)
#: Columns of a workflow: only actions write them, never a sheet.
WORKFLOW = {"state", "standing", "version"}


class BaseResource(ModelResource):
    """The sheet of one model. Meta: `model`, `fields` (in order), `import_id_fields` (the one key).

    `links`: relation → field that names the other row (default: code). `shown_only`: exported, never written.
    `fixed`: written when the row is made, never later. `personal`: column → mask.
    `region`: field in which a person of limited regions may write his own only. `planned`: moments that people plan,
    other moments are the portal's own. `rehearse`: rows are written by actions, so the first step tries them and takes
    everything back, or it would not know what they refuse. `renamed`: column → headings of earlier sheets, still taken.
    `reworded`: column → words that its choices had in earlier sheets, each with its code.
    """

    fields: dict[str, Column]

    class Meta:
        links: dict[str, str] = {}
        shown_only: tuple[str, ...] = ()
        fixed: tuple[str, ...] = ()
        personal: dict[str, str] = {}
        region = ""
        planned: tuple[str, ...] = ()
        renamed: dict[str, tuple[str, ...]] = {}
        reworded: dict[str, dict[str, str]] = {}
        rehearse = False
        clean_model_instances = True
        skip_diff = True
        use_transactions = True
        store_instance = False

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self.actor = actor
        for column in self.fields.values():
            column.widget.actor = actor
        self.known: dict[Any, Model] = {}
        self.seen: set[str] = set()
        self.number = 0
        #: The sheet was checked a moment ago: only the database's own rules are asked once more.
        self.checked = False
        self.before: dict[str, str] = {}
        self.links: dict[str, list[Model]] = {}
        #: row number → (heading, before, after), personal data masked; None marks a new row.
        self.changes: dict[int, list[tuple[Any, str, str]] | None] = {}

    @classmethod
    def check(cls) -> None:
        """A sheet that could write a workflow's column, or has no single key, is a programming error."""
        meta = cls._meta
        if len(meta.import_id_fields) != 1 or meta.import_id_fields[0] not in cls.fields or not meta.fields:
            raise ImproperlyConfigured(f"{cls.__name__}: say which fields, and which one of them is the key")
        for name, column in cls.fields.items():
            field = next((field for field in meta.model._meta.get_fields() if field.name == name), None)
            if (name in WORKFLOW or isinstance(field, FSMFieldMixin)) and not column.shown_only:
                raise ImproperlyConfigured(f"{cls.__name__}: {name} belongs to a workflow, no sheet writes it")

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: ModelField, readonly: bool) -> Column:
        """The library asks here for each model field that Meta.fields names."""
        meta = cls._meta
        if isinstance(django_field, DateTimeField) and field_name not in (*meta.planned, *meta.shown_only):
            raise TypeError(f"{django_field} is a moment: the portal sets it, no sheet does")
        return Column(
            field_name,
            cell_for(django_field, meta.links.get(field_name), meta.reworded.get(field_name)),
            django_field.verbose_name,
            required=not django_field.blank and not django_field.has_default(),
            shown_only=field_name in meta.shown_only,
            fixed=field_name in meta.fixed,
            mask=meta.personal.get(field_name, ""),
            unique=django_field.unique,
            aliases=meta.renamed.get(field_name, ()),
        )

    @property
    def columns(self) -> list[Column]:
        """The columns in the order of Meta.fields."""
        return [self.fields[name] for name in self._meta.fields]

    @property
    def key(self) -> Column:
        return self.fields[self._meta.import_id_fields[0]]

    @property
    def has_personal_data(self) -> bool:
        return any(column.mask for column in self.columns)

    # Reading the database: always in scope.

    def get_queryset(self) -> QuerySet:
        manager = getattr(self._meta.model, "scoped", None) or self._meta.model._default_manager
        queryset = manager.all().visible_to(self.actor)
        single = [c.attribute for c in self.columns if self._is_link(c) and not c.several]
        return queryset.select_related(*single).prefetch_related(*(c.attribute for c in self.columns if c.several))

    def rows(self, shown: QuerySet) -> QuerySet:
        """The rows of a list as it is filtered, as the sheet takes them out."""
        rows = self.get_queryset().filter(pk__in=shown.order_by().values("pk"))
        # The library would page through these by key; said here, every way of reading them has the same order.
        return rows.order_by("pk") if any(column.several for column in self.columns) else rows

    def portion(self, keys: Sequence[Any]) -> QuerySet:
        """Some rows, found by their keys, in any order."""
        return self.get_queryset().filter(pk__in=keys).order_by()

    @staticmethod
    def _is_link(column: Column) -> bool:
        return hasattr(column.widget, "by")

    def lines(self, queryset: QuerySet, *, masked: bool) -> Iterator[list[str]]:
        """The rows of an export."""
        for instance in self.iter_queryset(queryset):
            yield self.line(instance, masked=masked)

    def line(self, instance: Model, *, masked: bool) -> list[str]:
        """One row of an export; a sheet whose columns stand elsewhere fetches them here first."""
        return [column.text(instance, masked) for column in self.columns]

    # Hooks of the library, in the order in which it calls them.

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Fetch the rows that the sheet names, all at once."""
        keys = {str(value).strip() for value in dataset[self.key.column_name]}
        name = self.key.attribute
        self.known = {getattr(row, name): row for row in self.get_queryset().filter(**{f"{name}__in": keys})}

    def before_import_row(self, row: dict[str, str], row_number: int = 0, **kwargs: Any) -> None:
        self.number = row_number
        value = row[self.key.column_name].strip()
        name = self.key.attribute
        if not value:
            raise ValidationError({name: _("This column must not be empty: it tells which row is meant.")})
        if value in self.seen:
            raise ValidationError({name: _("The same as in an earlier row of this sheet.")})
        self.seen.add(value)

    def get_instance(self, instance_loader: Any, row: dict[str, str]) -> Model | None:
        return self.known.get(row[self.key.column_name].strip())

    def after_init_instance(self, instance: Model, new: bool, row: dict[str, str], **kwargs: Any) -> None:
        self.before = {} if new else {column.attribute: column.text(instance) for column in self.columns}
        self.links = {}

    def import_instance(self, instance: Model, row: dict[str, str], **kwargs: Any) -> None:
        """Put every cell into the instance; collect what is wrong by column."""
        errors: dict[str, Any] = {}
        new = not self.before
        for column in self.columns:
            text = row.get(column.column_name)
            if text is None or (new and not text.strip()):
                continue
            try:
                value = column.read(instance, row, new=new)
            except KeepAsIs:
                continue
            except ValueError as error:
                errors[column.attribute] = ValidationError(str(error))
                continue
            if column.several:
                self.links[column.attribute] = value
            else:
                self.put(instance, column, value)
        if errors:
            raise ValidationError(errors)

    def put(self, instance: Model, column: Column, value: Any) -> None:
        """Set one value; write it for columns that are no attributes of the row itself."""
        setattr(instance, column.attribute, value)

    def skip_row(
        self, instance: Model, original: Any, row: dict[str, str], import_validation_errors: Any = None
    ) -> bool:
        """A row that says nothing new is left alone; what it would change is kept for the preview."""
        if not self.before:
            self.changes[self.number] = None
            return False
        changed = []
        for column in self.columns:
            before, after = self.before[column.attribute], self._after(instance, column)
            if before != after:
                changed.append((column.label, column.masked(before), column.masked(after)))
        if changed:
            self.changes[self.number] = changed
        return not changed and not import_validation_errors

    def _after(self, instance: Model, column: Column) -> str:
        if not column.several:
            return column.text(instance)
        if column.attribute not in self.links:
            return self.before[column.attribute]
        return "、".join(sorted(str(getattr(row, column.widget.by)) for row in self.links[column.attribute]))

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The model's own checks, and the region; links were looked up in scope already."""
        if self.checked and not import_validation_errors:
            return
        errors = dict(import_validation_errors or {})
        region = self._meta.region
        if region and self.actor.regions and getattr(instance, region) not in self.actor.regions:
            errors.setdefault(region, ValidationError(_("You may write rows of your own regions only.")))
        links = {c.attribute for c in self.columns if self._is_link(c) and not c.unique}
        found = {name for name in links if getattr(instance, f"{name}_id", None)}
        try:
            instance.full_clean(exclude={*errors, *found, *self.filled_later()}, validate_unique=validate_unique)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def filled_later(self) -> set[str]:
        """Fields that `write` fills, so that checking must not ask for them."""
        return set()

    def save_instance(self, instance: Model, is_create: bool, row: dict[str, str], **kwargs: Any) -> None:
        """Nothing in a dry run; otherwise save, and see that the row stays in sight of its writer."""
        if kwargs.get("dry_run"):
            return
        instance._history_user = User(pk=self.actor.user_id) if self.actor.user_id else None
        instance._change_reason = "import"
        try:
            self.write(instance, new=is_create)
        except PortalError as error:
            name = getattr(error, "field", None)
            raise ValidationError({name or self.key.attribute: str(error.message)}) from error
        for name, others in self.links.items():
            getattr(instance, name).set(others)
        narrow = self.actor.regions or not (self.actor.is_brand or self.actor.is_system)
        if narrow and not self.get_queryset().filter(pk=instance.pk).exists():
            raise ValidationError({self.key.attribute: _("You may write rows of your own regions only.")})

    def write(self, instance: Model, *, new: bool) -> None:
        """Save the row; write more where a new row needs more."""
        instance.save(force_insert=new)

    def save_m2m(self, instance: Model, row: dict[str, str], **kwargs: Any) -> None:
        """Done in save_instance."""

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """The library would set database sequences back here, which loses numbers that others just took."""

    def handle_import_error(self, result: Any, error: Exception, raise_errors: bool = False) -> None:
        logger.error("import of %s failed", self._meta.model.__name__, exc_info=error)
        super().handle_import_error(result, error, raise_errors)
