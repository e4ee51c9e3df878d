package org.bagnetlab.server.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import picocli.CommandLine.Option;

/** An option for the form of a command's answer: words for people, or an object for programs. */
public final class JsonOption {

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** Whether programs read the output, so that nothing else may be printed. */
  public boolean chosen() {
    return json;
  }

  /** Prints an answer as JSON and returns true, or returns false if words were requested. */
  public boolean printed(Object answer) {
    if (json) {
      System.out.println(Json.line(answer));
    }
    return json;
  }

  /** Prints a server's answer as JSON or in words. */
  public void print(JsonNode answer, String words) {
    System.out.println(json ? Json.line(answer) : words);
  }

  /** Prints facts as a JSON object or in words. */
  public void print(Map<String, ?> facts, String words) {
    print(Json.MAPPER.<JsonNode>valueToTree(facts), words);
  }
}
