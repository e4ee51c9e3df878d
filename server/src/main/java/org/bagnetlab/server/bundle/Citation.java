package org.bagnetlab.server.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;

/**
 * How a bundle is to be cited.
 *
 * @param title of the bundle
 * @param description what it contains
 * @param authors at least one
 * @param license identifier of its licence in SPDX's list; empty if the authors gave none
 * @param published when it was written
 */
public record Citation(
    String title,
    String description,
    List<Author> authors,
    Optional<String> license,
    LocalDate published) {

  static final List<String> KEYWORDS =
      List.of("BagNet", "receptive field", "convolutional neural network", "scene recognition");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  /**
   * A person.
   *
   * @param given given names; empty for a name that has no parts
   */
  public record Author(String family, Optional<String> given) {

    /** Reads "Family, Given", or a name without parts. */
    public static Author of(String text) {
      String[] parts = text.split(",", 2);
      return new Author(
          parts[0].strip(),
          Optional.of(parts.length > 1 ? parts[1].strip() : "").filter(name -> !name.isEmpty()));
    }

    /** The name as it is spoken. */
    String name() {
      return given.map(first -> first + " " + family).orElse(family);
    }

    private Map<String, String> cff() {
      Map<String, String> names = new LinkedHashMap<>();
      given.ifPresentOrElse(
          first -> {
            names.put("family-names", family);
            names.put("given-names", first);
          },
          () -> names.put("name", family));
      return names;
    }

    private Map<String, String> zenodo() {
      return Map.of("name", given.map(first -> family + ", " + first).orElse(family));
    }
  }

  /** The file {@code CITATION.cff}, in version 1.2.0 of the Citation File Format. */
  public String cff() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("cff-version", "1.2.0");
    file.put("message", "Please cite these results as below.");
    file.put("type", "dataset");
    file.put("title", title);
    file.put("abstract", description);
    file.put("authors", authors.stream().map(Author::cff).toList());
    file.put("date-released", published.toString());
    file.put("keywords", KEYWORDS);
    license.ifPresent(id -> file.put("license", id));
    try {
      return YAML.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file {@code .zenodo.json}: metadata for a deposit at Zenodo. */
  public String zenodo() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("upload_type", "dataset");
    file.put("title", title);
    file.put("description", description);
    file.put("creators", authors.stream().map(Author::zenodo).toList());
    file.put("publication_date", published.toString());
    file.put("keywords", KEYWORDS);
    license.ifPresent(id -> file.put("license", id.toLowerCase(Locale.ROOT)));
    return Json.MAPPER.valueToTree(file).toPrettyString() + "\n";
  }

  /** The lines that a README has about it. */
  public Stream<String> lines() {
    return Stream.of(
        "# " + title,
        "",
        description,
        "",
        "%s, %s. Licence: %s."
            .formatted(
                String.join("; ", authors.stream().map(Author::name).toList()),
                published,
                license.orElse("none was given")));
  }
}
