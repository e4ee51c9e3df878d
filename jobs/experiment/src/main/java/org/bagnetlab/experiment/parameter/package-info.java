/** The settings of experiments: their bounds, choices, defaults and help, declared once. */
package org.bagnetlab.experiment.parameter;
