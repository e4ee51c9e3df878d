package org.bagnetlab.experiment;

import java.io.Serial;
import java.util.Optional;

/**
 * Reports that a module cannot be part of this program; its message is complete enough to show to
 * users.
 */
public final class ModuleFailure extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1;

  /** Creates a failure of a module that contradicts the rest of the program. */
  public ModuleFailure(String message) {
    super(message);
  }

  ModuleFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The module failure that caused an error, if any. It may be wrapped, because services are loaded
   * while classes are initialised.
   */
  public static Optional<ModuleFailure> in(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof ModuleFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
