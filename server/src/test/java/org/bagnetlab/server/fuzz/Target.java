package org.bagnetlab.server.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What reads inputs that come from elsewhere. */
interface Target extends AutoCloseable {

  /** Valid inputs, which mutations start from. */
  List<byte[]> seeds();

  /** How somebody who knows the format changes an input. */
  Mutation.Structure structure();

  /**
   * Reads an input.
   *
   * @return whether it was taken
   * @throws Exception if neither a result nor a declared refusal came of it
   */
  boolean takes(byte[] input) throws Exception;

  @Override
  default void close() {}

  /** Makes a target, with an empty folder for its files. */
  @FunctionalInterface
  interface Start {
    /** Ready to read. */
    Target in(Path folder) throws Exception;
  }

  /** All of them by name. */
  static Map<String, Start> all() {
    return new TreeMap<>(
        Map.of(
            "pytorch", CheckpointTarget::pytorch,
            "safetensors", CheckpointTarget::safetensors,
            "zips", DatasetTarget::new,
            "images", ImageTarget::new,
            "run-records", RunRecordTarget::new,
            "sweeps", SweepFileTarget::new,
            "configuration", ConfigurationTarget::new,
            "bodies", RequestTarget::bodies,
            "queries", RequestTarget::queries));
  }

  /** What {@link String#valueOf} makes of a message that is missing. */
  Pattern NOTHING = Pattern.compile(".*(^|: |\\()null[.)]*");

  /** Fails unless a refusal says something, in one line that a terminal shows as it is. */
  static void requireLine(String refusal) throws IOException {
    if (refusal.isBlank()
        || NOTHING.matcher(refusal).matches()
        || refusal.codePoints().anyMatch(Character::isISOControl)) {
      throw new IOException("a refusal that is no line: '%s'".formatted(refusal));
    }
  }
}
