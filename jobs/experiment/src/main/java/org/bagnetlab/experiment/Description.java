package org.bagnetlab.experiment;

import java.util.List;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;

/** Describes something that users can request, once for every place that accepts or shows it. */
public interface Description {

  /** Its name in requests and results. */
  String name();

  /** Its name for users. */
  String label();

  /** What it does, in a sentence. */
  String summary();

  /** Its scientific source. */
  Source source();

  /** The network or images that it is about. */
  Subject subject();

  /** Its settings, each after the settings that its bounds and default depend on. */
  List<Parameter<?>> parameters();

  /** Its results. */
  List<Output> outputs();
}
