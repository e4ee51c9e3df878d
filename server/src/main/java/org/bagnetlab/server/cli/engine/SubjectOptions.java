package org.bagnetlab.server.cli.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.WidthFactor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a network and an image, each from a file. */
final class SubjectOptions {

  private static final int LARGEST_IMAGE = 2048;

  @Option(names = "--arch", required = true, description = "Name of the architecture.")
  private String architecture = "";

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "PyTorch or safetensors checkpoint.")
  private Path weights = Path.of("");

  @Option(
      names = "--image",
      required = true,
      paramLabel = "FILE",
      description = "JPEG or PNG file.")
  private Path image = Path.of("");

  @Option(names = "--width", description = "Multiplier of the channel counts. Default: the file's.")
  private @Nullable Double width;

  @Option(
      names = "--size",
      defaultValue = "224",
      description = "Size in pixels to which the image is resized. Default: ${DEFAULT-VALUE}.")
  private int size;

  /** The subject of a request to the engine. */
  EngineRequest.Subject subject() {
    Architectures.named(architecture);
    if (size < 1 || size > LARGEST_IMAGE) {
      throw new Failure("--size must be from 1 to %d, but is %d.".formatted(LARGEST_IMAGE, size));
    }
    if (width != null) {
      WidthFactor.check("--width", width);
    }
    return new EngineRequest.Subject(
        architecture,
        weights.toAbsolutePath().toString(),
        Optional.ofNullable(width),
        image.toAbsolutePath().toString(),
        size);
  }
}
