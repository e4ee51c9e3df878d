package org.bagnetlab.server.cli.access;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.access.AccessToken;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.terminal.Confirmation;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates, lists and revokes the tokens with which users log in to a server on a network. */
@Command(
    name = "token",
    description =
        "Make, list and remove the tokens with which people use a server on a network. A running server"
            + " notices within a second.",
    subcommands = {TokenCommand.Add.class, TokenCommand.ListAll.class, TokenCommand.Remove.class})
public final class TokenCommand {

  private static TokenFile file(DataOption data) {
    return TokenFile.in(data.directory(), Clock.systemUTC());
  }

  @Command(
      name = "add",
      description = "Make a token and print it. It is not stored and cannot be shown again.")
  static final class Add implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Who gets it, for example ann.")
    private String name = "";

    @Option(
        names = "--role",
        defaultValue = "operator",
        description =
            "operator may do everything, viewer may change nothing. Default: ${DEFAULT-VALUE}.")
    private String role = "operator";

    @Mixin private JsonOption json = new JsonOption();

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      Role wanted =
          Role.find(role)
              .orElseThrow(
                  () ->
                      new Failure(
                          "--role must be one of %s, but is '%s'.".formatted(Role.known(), role)));
      String token;
      try {
        token = file(data).add(name, wanted);
      } catch (IllegalArgumentException e) {
        throw new Failure(String.valueOf(e.getMessage()));
      }
      json.print(Map.of("name", name, "role", wanted.text(), "token", token), token);
      return 0;
    }
  }

  @Command(name = "list", description = "List the tokens, without the tokens themselves.")
  static final class ListAll implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      List<AccessToken> tokens = file(data).read();
      for (AccessToken token : tokens) {
        if (json) {
          System.out.println(
              Json.line(
                  Json.MAPPER.valueToTree(
                      Map.of(
                          "name",
                          token.name(),
                          "role",
                          token.role().text(),
                          "created",
                          token.created().toString()))));
        } else {
          System.out.printf(
              "%-32s %-8s  made %s%n", token.name(), token.role().text(), token.created());
        }
      }
      if (tokens.isEmpty() && !json) {
        System.out.println("No tokens. Make one with: ./bagnetlab token add NAME");
      }
      return 0;
    }
  }

  @Command(name = "remove", description = "Revoke a token: its users are logged out.")
  static final class Remove implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Name of the token.")
    private String name = "";

    @Mixin private Confirmation confirmation = new Confirmation();

    @Mixin private JsonOption json = new JsonOption();

    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      TokenFile tokens = file(data);
      if (tokens.read().stream().anyMatch(token -> token.name().equals(name))) {
        confirmation.demand("Users of the token %s are logged out.".formatted(name));
      }
      if (!tokens.remove(name)) {
        throw new Failure("There is no token '%s'. See: ./bagnetlab token list".formatted(name));
      }
      json.print(Map.of("name", name, "removed", true), "Removed %s.".formatted(name));
      return 0;
    }
  }
}
