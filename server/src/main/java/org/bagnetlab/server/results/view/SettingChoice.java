package org.bagnetlab.server.results.view;

import java.util.Optional;

/** Which of the settings on a data set a view shows. */
public sealed interface SettingChoice {

  /** The word for {@link MostNetworks} in requests. */
  String MOST = "most";

  /** The word for {@link Usual} in requests, as without a choice. */
  String ALL = "all";

  /**
   * No choice: all settings in Table 1, and in a view of one setting that with the most networks.
   */
  record Usual() implements SettingChoice {}

  /** The setting with the most networks. */
  record MostNetworks() implements SettingChoice {}

  /** The setting of a run. */
  record OfRun(long run) implements SettingChoice {}

  /** The choice as in requests; empty if there is none. */
  default Optional<String> text() {
    return switch (this) {
      case Usual() -> Optional.empty();
      case MostNetworks() -> Optional.of(MOST);
      case OfRun(long run) -> Optional.of(Long.toString(run));
    };
  }
}
