package org.bagnetlab.server.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import picocli.CommandLine.Option;

/**
 * The option that selects the form of a command's output: text for users, or a JSON object for
 * other programs.
 */
public final class JsonOption {

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Whether JSON was requested, so that nothing else may be printed. */
  public boolean chosen() {
    return json;
  }

  /** Prints an answer as JSON and returns true, or returns false if text was requested. */
  public boolean printed(Object answer) {
    if (json) {
      System.out.println(Json.line(answer));
    }
    return json;
  }

  /** Prints a server's answer as JSON or as text. */
  public void print(JsonNode answer, String words) {
    System.out.println(json ? Json.line(answer) : words);
  }

  /** Prints facts as a JSON object or as text. */
  public void print(Map<String, ?> facts, String words) {
    print(Json.MAPPER.<JsonNode>valueToTree(facts), words);
  }
}
