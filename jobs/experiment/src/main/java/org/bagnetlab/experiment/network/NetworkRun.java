package org.bagnetlab.experiment.network;

import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.RunNumber;

/** The training whose network is used, unless it is an imported one. */
final class NetworkRun {

  static final Parameter<Long> RUN =
      RunNumber.RUN.defaultsTo(Default.absent("none, with imported weights"));

  private NetworkRun() {}
}
