package org.bagnetlab.server.configuration;

import java.util.Optional;
import org.bagnetlab.server.mirror.MlflowAddress;

/**
 * The section about tracking servers that get a copy of each training.
 *
 * @param mlflow address of an MLflow server
 * @param token bearer token for it
 */
record MirrorSection(Optional<String> mlflow, Optional<String> token) {

  MirrorSection {
    var _ = address(mlflow, token);
  }

  Optional<MlflowAddress> address() {
    return address(mlflow, token);
  }

  private static Optional<MlflowAddress> address(Optional<String> mlflow, Optional<String> token) {
    if (mlflow.isEmpty() && token.isPresent()) {
      throw new IllegalArgumentException("token needs an mlflow address");
    }
    return mlflow.map(url -> MlflowAddress.of(url, token));
  }
}
