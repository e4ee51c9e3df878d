package org.bagnetlab.server.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;

/** Lists the devices and the jobs that run on them. */
@Command(name = "devices", description = "List the devices and what they are running.")
public final class DevicesCommand extends ServerCommand {

  private static final double GIB = 1L << 30;

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode list = client.get("devices");
    if (json.printed(list)) {
      return 0;
    }
    for (JsonNode device : list.path("devices")) {
      System.out.println(device.has("refusal") ? refusal(device) : line(device));
      if (device.has("fallback")) {
        System.out.println("  " + device.path("fallback").asText());
      }
    }
    return 0;
  }

  /** Why a device cannot start jobs. */
  private static String refusal(JsonNode device) {
    return "%s cannot start jobs: %s"
        .formatted(device.path("name").asText(), device.path("refusal").asText());
  }

  /** Prints why devices start no jobs, for those that start none. */
  public static void printRefusals(LabClient client) throws IOException, InterruptedException {
    for (JsonNode device : client.get("devices").path("devices")) {
      if (device.has("refusal")) {
        System.out.println(refusal(device));
      }
    }
  }

  private static String running(JsonNode device) {
    String job = "running job " + device.path("job").asText();
    return device.has("share")
        ? "%s with %.1f GiB".formatted(job, device.path("share").asLong() / GIB)
        : job;
  }

  private static String line(JsonNode device) {
    List<String> facts = new ArrayList<>();
    facts.add(device.has("job") ? running(device) : "idle");
    if (device.path("threads").asInt() > 0) {
      facts.add(device.path("threads").asInt() + " threads");
    }
    if (device.has("utilisation")) {
      facts.add(device.path("utilisation").asInt() + " % busy");
    }
    if (device.has("temperature")) {
      facts.add(device.path("temperature").asInt() + " °C");
    }
    if (device.has("memoryTotal") && device.has("memoryUsed")) {
      facts.add(
          "%.1f of %.1f GiB used"
              .formatted(
                  device.path("memoryUsed").asLong() / GIB,
                  device.path("memoryTotal").asLong() / GIB));
    }
    return device.path("name").asText() + ": " + String.join(", ", facts);
  }
}
