package org.bagnetlab.server.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.run.RunCode;

/**
 * The metadata of a bundle as an RO-Crate 1.1, in its profile of process runs: an entity for each
 * file, and an action for each run with the software that made it, its data and its results.
 *
 * @see <a href="https://www.researchobject.org/ro-crate/specification/1.1/">RO-Crate 1.1</a>
 * @see <a href="https://w3id.org/ro/wfrun/process/0.5">Process Run Crate 0.5</a>
 */
public final class Crate {

  /** The name of the file. */
  public static final String FILE = "ro-crate-metadata.json";

  private static final String SPECIFICATION = "https://w3id.org/ro/crate/1.1";
  private static final String PROFILE = "https://w3id.org/ro/wfrun/process/0.5";
  private static final String ID = "@id";
  private static final String ROOT = "./";
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

  private final Citation citation;
  private final String lab;
  private final List<BundledFile> files;
  private final Set<String> paths;

  /** The identifiers of the runs' records, by the numbers of the runs. */
  private final Map<Long, String> records;

  /** The entities by their identifiers. */
  private final Map<String, ObjectNode> entities = new LinkedHashMap<>();

  private Crate(Citation citation, String lab, List<BundledFile> files, Map<Long, String> records) {
    this.citation = citation;
    this.lab = lab;
    this.files = files;
    this.paths = files.stream().map(BundledFile::path).collect(Collectors.toSet());
    this.records = records;
  }

  /**
   * A file of the bundle.
   *
   * @param path relative to the root of the bundle
   * @param size in bytes
   * @param description what it contains
   */
  public record BundledFile(String path, String mediaType, long size, String description) {}

  /**
   * The file's text.
   *
   * @param lab identity of the lab that writes the bundle
   */
  public static String of(
      Citation citation, String lab, List<BundledFile> files, List<RunRecord> runs) {
    Crate crate = new Crate(citation, lab, files, records(runs));
    crate.describe(runs);
    ObjectNode text = Json.MAPPER.createObjectNode();
    text.put("@context", SPECIFICATION + "/context");
    text.set("@graph", Json.MAPPER.valueToTree(crate.entities.values()));
    return text.toPrettyString() + "\n";
  }

  private void describe(List<RunRecord> runs) {
    entity(FILE, "CreativeWork")
        .<ObjectNode>set("conformsTo", reference(SPECIFICATION))
        .set("about", reference(ROOT));
    ObjectNode root = entity(ROOT, "Dataset");
    root.set("conformsTo", reference(PROFILE));
    root.put(NAME, citation.title());
    root.put(DESCRIPTION, citation.description());
    root.put("datePublished", citation.published().toString());
    root.set("license", reference(license()));
    root.set("author", references(authors()));
    root.put("keywords", String.join(", ", Citation.KEYWORDS));
    entity(PROFILE, "CreativeWork").put(NAME, "Process Run Crate").put("version", "0.5");
    List<String> parts = new ArrayList<>();
    for (BundledFile file : files) {
      parts.add(id(file.path()));
      entity(id(file.path()), "File")
          .put(NAME, file.path())
          .put(DESCRIPTION, file.description())
          .put("encodingFormat", file.mediaType())
          .put("contentSize", Long.toString(file.size()));
    }
    root.set("hasPart", references(parts));
    root.set("mentions", references(runs.stream().map(this::action).toList()));
  }

  /** The identifiers of the records by the runs' numbers. */
  private static Map<Long, String> records(List<RunRecord> runs) {
    return runs.stream().collect(Collectors.toMap(RunRecord::job, run -> id(run.path())));
  }

  private String license() {
    String id = citation.license().map("https://spdx.org/licenses/"::concat).orElse("#no-licence");
    entity(id, "CreativeWork")
        .put(NAME, citation.license().orElse("No licence"))
        .put(
            DESCRIPTION,
            citation
                .license()
                .map(known -> "The licence %s.".formatted(known))
                .orElse("The authors gave no licence: ask them before you use these files."));
    return id;
  }

  private List<String> authors() {
    return IntStream.range(0, citation.authors().size())
        .mapToObj(
            number -> {
              Citation.Author author = citation.authors().get(number);
              String id = author(number);
              ObjectNode person = entity(id, "Person").put(NAME, author.name());
              author
                  .given()
                  .ifPresent(
                      given -> person.put("familyName", author.family()).put("givenName", given));
              return id;
            })
        .toList();
  }

  private static String author(int number) {
    return "#author-" + (number + 1);
  }

  private String action(RunRecord run) {
    String id = "#run-" + run.job();
    ObjectNode action = entity(id, "CreateAction");
    action.put(NAME, run.title());
    action.put(DESCRIPTION, Json.line(run.settings()));
    action.put("startTime", time(run.startedAt()));
    action.put("endTime", time(run.endedAt()));
    action.set("instrument", reference(software(run)));
    action.set("agent", reference(agent(run)));
    List<String> used = new ArrayList<>();
    Optional.ofNullable(run.spec().get("dataset"))
        .ifPresent(dataset -> used.add(dataset(dataset.asText(), run)));
    Stream.of(run.spec().path("run"), run.spec().at("/fromRun/run"))
        .flatMap(number -> Optional.ofNullable(records.get(number.asLong())).stream())
        .forEach(used::add);
    if (!used.isEmpty()) {
      action.set("object", references(used));
    }
    action.set(
        "result",
        references(
            Stream.concat(Stream.of(run.path()), run.files().stream().map(run::path))
                .filter(paths::contains)
                .map(Crate::id)
                .toList()));
    return id;
  }

  /** Who ran it: an author of the bundle, or whoever works in another lab. */
  private String agent(RunRecord run) {
    if (run.origin().lab().equals(lab)) {
      return author(0);
    }
    String id = "#lab-" + encoded(run.origin().lab());
    entity(id, "Organization").put(NAME, "The lab " + run.origin().lab());
    return id;
  }

  private String software(RunRecord run) {
    String id = "#bagnetlab-" + run.code().orElse("unknown").replace(',', '-');
    String version =
        run.worker()
            .flatMap(
                worker ->
                    // Earlier versions stored it elsewhere.
                    Stream.of(worker.at("/provenance/code/version"), worker.path("codeVersion"))
                        .map(JsonNode::asText)
                        .filter(text -> !text.isEmpty())
                        .findFirst())
            .orElse("unknown");
    entity(id, "SoftwareApplication")
        .put(NAME, "Bagnet Lab")
        .put(DESCRIPTION, "Bagnet Lab, " + RunCode.only(run.code()).words())
        .put("softwareVersion", version);
    return id;
  }

  private String dataset(String name, RunRecord run) {
    Optional<String> checksum =
        run.files().stream()
            .flatMap(file -> Optional.ofNullable(file.facts().get("datasetChecksum")).stream())
            .findFirst();
    String id = "#dataset-" + encoded(name) + checksum.map("-"::concat).orElse("");
    ObjectNode dataset = entity(id, "CreativeWork").put(NAME, name);
    checksum.ifPresent(sum -> dataset.put("identifier", "sha256:" + sum));
    return id;
  }

  private ObjectNode entity(String id, String type) {
    ObjectNode entity =
        entities.computeIfAbsent(id, any -> Json.MAPPER.createObjectNode().put(ID, id));
    return entity.put("@type", type);
  }

  private static ObjectNode reference(String id) {
    return Json.MAPPER.createObjectNode().put(ID, id);
  }

  /** A single reference stands by itself. */
  private static JsonNode references(Collection<String> ids) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    ids.stream().distinct().forEach(id -> all.add(reference(id)));
    return all.size() == 1 ? all.get(0) : all;
  }

  /** The identifier of a file: its path as a relative address. */
  private static String id(String path) {
    return Arrays.stream(path.split("/")).map(Crate::encoded).collect(Collectors.joining("/"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String time(Instant at) {
    return TIME.format(at.atOffset(ZoneOffset.UTC));
  }
}
