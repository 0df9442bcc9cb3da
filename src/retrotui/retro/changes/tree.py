"""Changes to the shape of the factor tree: deeper, shallower, under another parent."""

from dataclasses import dataclass

from retrotui.retro.base import ChangeRefused
from retrotui.retro.changes.base import Change, get, index_of, with_entries
from retrotui.retro.document import Retro
from retrotui.retro.factors import Factor, children, subtree_ids


def _factor(retro: Retro, factor_id: str) -> Factor:
    factor = get(retro, factor_id)
    if not isinstance(factor, Factor):
        raise ChangeRefused(f"{factor_id} is not a factor")
    return factor


@dataclass(frozen=True, slots=True)
class Reparent(Change):
    """Puts a factor, with everything below it, under another parent (or makes it a root)."""

    factor_id: str
    parent: str = ""
    after: str = ""
    """The sibling it goes behind; empty for the last place."""

    def apply(self, retro: Retro) -> Retro:
        factor = _factor(retro, self.factor_id)
        if self.parent:
            _factor(retro, self.parent)
            if self.parent in subtree_ids(retro.factors, factor.id):
                raise ChangeRefused("a factor cannot stand below itself")
        moved = factor.model_copy(update={"parent": self.parent})
        rest = [item for item in retro.factors if item.id != factor.id]
        place = index_of(tuple(rest), self.after) + 1 if self.after else len(rest)
        return with_entries(retro, "f", (*rest[:place], moved, *rest[place:]))

    @property
    def name(self) -> str:
        return f"move the cause {'under another' if self.parent else 'to the top level'}"


@dataclass(frozen=True, slots=True)
class Indent(Change):
    """Makes a factor explain the sibling before it: one level deeper."""

    factor_id: str

    def apply(self, retro: Retro) -> Retro:
        factor = _factor(retro, self.factor_id)
        siblings = children(retro.factors, factor.parent)
        at = index_of(siblings, factor.id)
        if at == 0:
            raise ChangeRefused("there is no factor before it on this level to stand under")
        return Reparent(factor.id, siblings[at - 1].id).apply(retro)

    @property
    def name(self) -> str:
        return "indent the cause"


@dataclass(frozen=True, slots=True)
class Outdent(Change):
    """Puts a factor beside its parent: one level up."""

    factor_id: str

    def apply(self, retro: Retro) -> Retro:
        factor = _factor(retro, self.factor_id)
        if not factor.parent:
            raise ChangeRefused("it stands on the top level already")
        parent = _factor(retro, factor.parent)
        return Reparent(factor.id, parent.parent, after=parent.id).apply(retro)

    @property
    def name(self) -> str:
        return "outdent the cause"
