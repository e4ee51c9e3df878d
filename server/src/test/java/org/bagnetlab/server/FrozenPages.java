package org.bagnetlab.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.bagnetlab.protocol.Json;

/** What the lab answered about frozen data. */
final class FrozenPages {

  /** Lists whose entries are found by their names, and that may get more. */
  private static final List<String> NAMED_LISTS =
      List.of(" architectures", " claims", " columns", " datasets");

  /** Views that had the trials of searches without being asked for them. */
  private static final Set<String> VIEWS_OF_NETWORKS =
      Set.of(
          "/changes",
          "/claims",
          "/comparison",
          "/differences",
          "/error-agreement",
          "/receptive-fields",
          "/scores",
          "/scrambling");

  /** Pictures of each network, which were those of its newest run. */
  private static final String PICTURES = "/scrambling examples";

  /** What says of which network and image they are. */
  private static final List<String> OF_PICTURES =
      List.of("architecture", "dataset", "imageSize", "image", "label");

  /** The columns of the list of runs, whose names stay while their labels may get clearer. */
  private static final Pattern COLUMN_OF_RUNS = Pattern.compile("/runs\\S* columns \\S+");

  /** Accuracies in reasons, which were shares. */
  private static final Pattern SHARE = Pattern.compile("(?<=accuracy |median )[01]\\.\\d{3}");

  private FrozenPages() {}

  static InputStream resource(String name) {
    return Objects.requireNonNull(FrozenPages.class.getResourceAsStream("/frozen/" + name));
  }

  /** What a server answers differently now, in words; it may show more. */
  static List<String> differences(String pages, TestServer server) throws Exception {
    List<String> differences = new ArrayList<>();
    try (InputStream file = resource(pages)) {
      for (Map.Entry<String, JsonNode> page : Json.MAPPER.readTree(file).properties()) {
        String trials = VIEWS_OF_NETWORKS.contains(page.getKey()) ? "?trials=true" : "";
        compare(page.getKey(), page.getValue(), server.json(page.getKey() + trials), differences);
      }
    }
    return differences;
  }

  /** All that was there is there; an object may have more fields, a list more of what has names. */
  private static void compare(String place, JsonNode then, JsonNode now, List<String> differences) {
    if (then.isObject() && now.isObject()) {
      then.properties().stream()
          .filter(field -> !place.startsWith(PICTURES) || OF_PICTURES.contains(field.getKey()))
          .filter(
              field -> !COLUMN_OF_RUNS.matcher(place).matches() || !field.getKey().equals("label"))
          .forEach(
              field ->
                  compare(
                      place + " " + field.getKey(),
                      field.getValue(),
                      field(place, now, field.getKey()),
                      differences));
    } else if (NAMED_LISTS.stream().anyMatch(place::endsWith)) {
      then.forEach(
          each -> {
            String name = name(each);
            compare(place + " " + name, each, named(name, now), differences);
          });
    } else if (then.isArray() && now.isArray() && then.size() == now.size()) {
      for (int i = 0; i < then.size(); i++) {
        compare(place + " " + i, then.get(i), now.get(i), differences);
      }
    } else if (!then.equals(now) && !differsInRounding(then, now) && !saysInPercent(then, now)) {
      differences.add("%s was %s, is %s".formatted(place, then, now));
    }
  }

  /** Trials that a search pruned were counted as cancelled. */
  private static JsonNode field(String place, JsonNode now, String name) {
    return place.endsWith(" counts") && name.equals("CANCELLED")
        ? IntNode.valueOf(now.path(name).asInt() + now.path("PRUNED").asInt())
        : now.path(name);
  }

  /** The order of a sum may change its last digits. */
  private static boolean differsInRounding(JsonNode then, JsonNode now) {
    return then.isDouble()
        && now.isDouble()
        && Math.abs(then.asDouble() - now.asDouble()) <= 1e-12 * Math.abs(then.asDouble());
  }

  private static boolean saysInPercent(JsonNode then, JsonNode now) {
    return then.isTextual()
        && now.isTextual()
        && SHARE
            .matcher(then.asText())
            .replaceAll(
                share ->
                    String.format(Locale.ROOT, "%.1f %%", 100 * Double.parseDouble(share.group())))
            .equals(now.asText());
  }

  private static String name(JsonNode entry) {
    return entry.path(entry.has("name") ? "name" : "id").asText();
  }

  private static JsonNode named(String name, JsonNode entries) {
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(each -> name(each).equals(name))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }
}
