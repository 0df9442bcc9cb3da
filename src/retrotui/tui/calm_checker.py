"""A wording check that never ends a meeting: a rule that fails is told once, the line passes unchecked."""

from collections.abc import Callable
from typing import Any

from retrotui.blameless import Checker, Finding, Policy, Section


class CalmChecker(Checker):
    """A checker for a screen."""

    def __init__(self, *args: Any, on_failure: Callable[[Exception], None], **options: Any) -> None:
        """As `Checker`; `on_failure` hears of the first error."""
        super().__init__(*args, **options)
        self._on_failure: Callable[[Exception], None] | None = on_failure

    def check(
        self, text: str, section: Section | str, policy: Policy | str | None = None
    ) -> tuple[Finding, ...]:
        """As `Checker.check`; no findings where a rule fails."""
        try:
            return super().check(text, section, policy)
        except Exception as error:  # a team's rule, or one of ours, that only fails on certain words
            tell, self._on_failure = self._on_failure, None
            if tell is not None:
                tell(error)
            return ()
