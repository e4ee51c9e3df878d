package org.bagnetlab.server.access;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Identifies the user who sent a request. */
public interface Access {

  /** Whether users need a token. */
  boolean login();

  /** The user of this token, if it is valid. */
  Optional<User> user(String token);

  /** Receives tokens that were added or removed, after the change takes effect. */
  @FunctionalInterface
  interface Changes {

    /** Called for a change; at least one of the lists is not empty. */
    void changed(List<User> added, List<User> removed);
  }

  /** Reports changes until the server ends. */
  void watch(Vertx vertx, Changes changes);

  /** Access to a server on loopback, where no token is needed. */
  static Access open() {
    return new Access() {
      @Override
      public boolean login() {
        return false;
      }

      @Override
      public Optional<User> user(String token) {
        return Optional.of(User.LOCAL);
      }

      @Override
      public void watch(Vertx vertx, Changes changes) {
        // There are no tokens.
      }
    };
  }
}
