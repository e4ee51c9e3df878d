package org.bagnetlab.worker.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.protocol.EngineAnswer.Failed;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.network.UnsupportedPrecision;
import org.bagnetlab.vision.weights.WeightsNameException;
import org.bagnetlab.vision.weights.WeightsRefused;
import org.bagnetlab.worker.engine.ExhaustedMemory;
import org.bagnetlab.worker.run.DiskFullFailure;
import org.jspecify.annotations.Nullable;

/** Classifies failures of requests, and explains each in one line. */
final class EngineFailures {

  private EngineFailures() {}

  static Failed of(Throwable cause) {
    if (cause instanceof WeightsNameException name) {
      String code =
          switch (name.reason()) {
            case IMPOSSIBLE -> "invalid-field";
            case TAKEN -> "weights-taken";
          };
      return new Failed(ErrorFamily.USER_ERROR, code, message(cause), Optional.of("name"));
    }
    if (cause instanceof DatasetException) {
      return failed(ErrorFamily.USER_ERROR, "dataset-refused", message(cause));
    }
    if (cause instanceof WeightsRefused) {
      return failed(ErrorFamily.USER_ERROR, "weights-refused", message(cause));
    }
    if (cause instanceof UnsupportedPrecision) {
      return failed(ErrorFamily.USER_ERROR, "precision-unsupported", message(cause));
    }
    if (cause instanceof NoProfile) {
      return failed(ErrorFamily.USER_ERROR, "profile-unsupported", message(cause));
    }
    if (cause instanceof IOException failure && DiskFullFailure.is(failure)) {
      return failed(ErrorFamily.EXTERNAL, DiskFullFailure.CODE, DiskFullFailure.MESSAGE);
    }
    Optional<String> memory = ExhaustedMemory.of(cause);
    if (memory.isPresent()) {
      return failed(
          ErrorFamily.INSUFFICIENT_RESOURCES,
          ExhaustedMemory.CODE,
          "Out of memory: " + memory.get());
    }
    String code = cause instanceof IOException ? "input-output" : "internal";
    return failed(ErrorFamily.INTERNAL_ERROR, code, message(cause));
  }

  private static Failed failed(ErrorFamily family, String code, String message) {
    return new Failed(family, code, message, Optional.empty());
  }

  private static String message(Throwable cause) {
    if (cause instanceof FileSystemException file) {
      // The exception's own message is often only a path.
      String reason = file.getReason();
      return "%s: %s".formatted(name(file.getFile()), reason == null ? kind(file) : reason);
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }

  private static String name(@Nullable String path) {
    return path == null ? "a file" : String.valueOf(Path.of(path).getFileName());
  }

  /** The kind of failure, such as {@code access denied} for an {@code AccessDeniedException}. */
  private static String kind(FileSystemException failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
