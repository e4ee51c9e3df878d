/** The settings of experiments: their bounds, choices, defaults and help, declared once. */
@NullMarked
package org.bagnetlab.experiment.parameter;

import org.jspecify.annotations.NullMarked;
