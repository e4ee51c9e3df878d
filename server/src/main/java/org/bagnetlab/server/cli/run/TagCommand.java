package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds tags to a run, or removes some. */
@Command(
    name = "tag",
    description = "Add tags to a run; without any, show those that it has.",
    mixinStandardHelpOptions = true)
public final class TagCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "ID", description = "Run (the training's job ID).")
  private long id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "1 to 32 letters, digits, dots, hyphens and underscores; at most 20 tags.")
  private List<String> names = List.of();

  @Option(names = "--remove", description = "Remove these tags instead.")
  private boolean remove;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    Set<String> tags = new TreeSet<>(AnnotationText.tags(client.get("runs/" + id)));
    if (remove) {
      tags.removeAll(Set.copyOf(names));
    } else {
      tags.addAll(names);
    }
    ObjectNode request = Json.MAPPER.createObjectNode();
    tags.forEach(request.putArray("tags")::add);
    JsonNode tagged = client.put("runs/%d/tags".formatted(id), request);
    System.out.println(json ? Json.line(tagged) : AnnotationText.of(tagged));
    return 0;
  }
}
