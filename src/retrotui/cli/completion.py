"""`completion`: the script that lets a shell complete commands, options and files."""

import click
from click.shell_completion import get_completion_class

from retrotui.cli.options import examples
from retrotui.cli.root import COMPLETE_VARIABLE, root
from retrotui.cli.streams import out

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog=examples(
        "bash:  echo 'source <(retrotui completion bash)' >> ~/.bashrc",
        "zsh:   echo 'source <(retrotui completion zsh)' >> ~/.zshrc",
        "fish:  retrotui completion fish > ~/.config/fish/completions/retrotui.fish",
    )
)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print a script that lets SHELL complete what you type after retrotui.

    bash needs version 4.4 or newer.
    """
    made_for = get_completion_class(shell)
    assert made_for is not None  # click has all three
    script = made_for(root, {}, "retrotui", COMPLETE_VARIABLE)
    # Not `source()`, which starts a shell to ask for its version.
    out((script.source_template % script.source_vars()).strip())
