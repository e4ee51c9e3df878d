package org.bagnetlab.experiment;

import java.io.Serial;
import java.util.Optional;

/** Reports that a module cannot be part of this program; the message is sufficient for users. */
public final class ModuleFailure extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1;

  /** For a module that contradicts the rest of the program. */
  public ModuleFailure(String message) {
    super(message);
  }

  ModuleFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The module failure that caused an error: services are loaded while classes are initialised. */
  public static Optional<ModuleFailure> in(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof ModuleFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
