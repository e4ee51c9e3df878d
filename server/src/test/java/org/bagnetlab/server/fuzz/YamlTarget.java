package org.bagnetlab.server.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A reader of a YAML file. */
abstract class YamlTarget implements Target {

  private final Path file;
  private final String seed;

  /**
   * Reads a file of this name.
   *
   * @param seed a valid one with everything in it
   */
  YamlTarget(Path file, String seed) {
    this.file = file;
    this.seed = seed;
  }

  /** Whether the reader takes a file; a refusal is one of its own exceptions, in one line. */
  protected abstract boolean read(Path file) throws IOException;

  @Override
  public final List<byte[]> seeds() {
    return List.of(seed.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public final Mutation.Structure structure() {
    return Tokens.yaml();
  }

  @Override
  public final boolean takes(byte[] input) throws IOException {
    Files.write(file, input);
    return read(file);
  }
}
