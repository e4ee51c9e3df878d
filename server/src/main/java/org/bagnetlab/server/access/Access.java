package org.bagnetlab.server.access;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Identifies the user who sent a request. */
public interface Access {

  /** Whether users must log in with a token. */
  boolean login();

  /** The user who owns this token, if the token is valid. */
  Optional<User> user(String token);

  /** A listener for added and removed tokens, called after the change takes effect. */
  @FunctionalInterface
  interface Changes {

    /** Called after each change; at least one of the lists is not empty. */
    void changed(List<User> added, List<User> removed);
  }

  /** Reports changes until the server stops. */
  void watch(Vertx vertx, Changes changes);

  /** Access to a server that listens on loopback only, where no token is needed. */
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
        // There are no tokens that could change.
      }
    };
  }
}
