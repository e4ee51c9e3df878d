package org.bagnetlab.server.cli.terminal;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a shell completion script for commands and their options. */
@Command(
    name = "completion",
    description = "Print the completion of commands, options and choices for a shell.",
    footer = {
      "",
      "For this shell:  source <(./bagnetlab completion bash)",
      "For all later:   ./bagnetlab completion bash"
          + " > ~/.local/share/bash-completion/completions/bagnetlab",
      "Zsh:             ./bagnetlab completion zsh > ~/.bagnetlab.zsh,"
          + " and in ~/.zshrc: source ~/.bagnetlab.zsh",
    })
public final class CompletionCommand implements Callable<Integer> {

  /** A shell that completion scripts support. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    CommandSpec root = Objects.requireNonNull(spec).root();
    String script = AutoComplete.bash(root.name(), root.commandLine());
    // The script works in both shells, but zsh must load its own completion and bash's first.
    System.out.print(shell == Shell.zsh ? "autoload -U compinit && compinit\n" + script : script);
    return 0;
  }
}
