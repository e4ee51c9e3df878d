package org.bagnetlab.server.results.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.missing.SettingTrainings;
import org.bagnetlab.server.results.run.Setting;

/**
 * The networks of a setting with the predictions of their runs for each image. This is the input of
 * tests and claims.
 *
 * @param setting the setting that the networks share
 * @param networks the networks in the order of Table 1
 */
public record Study(Setting setting, List<StudiedNetwork> networks) {

  /** Creates a study of a setting's runs from the outcomes that some of them stored. */
  public static Study of(Setting.Group group, Map<Long, Outcomes> outcomes) {
    return new Study(
        group.setting(),
        group.configurations().stream()
            .map(configuration -> StudiedNetwork.of(configuration, outcomes))
            .toList());
  }

  /** The network of this name. */
  public Optional<StudiedNetwork> find(String architecture) {
    return networks.stream()
        .filter(network -> network.architecture().equals(architecture))
        .findFirst();
  }

  /** The trainings of its networks. */
  public SettingTrainings trainings() {
    return new SettingTrainings(networks.stream().map(StudiedNetwork::configuration).toList());
  }
}
