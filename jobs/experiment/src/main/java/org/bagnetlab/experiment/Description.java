package org.bagnetlab.experiment;

import java.util.List;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;

/** What can be asked for, described once for every place where it is asked for or shown. */
public interface Description {

  /** Its name in requests and results. */
  String name();

  /** Its name for people. */
  String label();

  /** What it does, in a sentence. */
  String summary();

  /** Where it comes from. */
  Source source();

  /** What it is about. */
  Subject subject();

  /** Its settings, each after the settings that its bounds and default depend on. */
  List<Parameter<?>> parameters();

  /** What it finds. */
  List<Output> outputs();
}
