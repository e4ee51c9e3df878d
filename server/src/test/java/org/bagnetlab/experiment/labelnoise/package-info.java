/** The worked example of docs/adding-an-experiment.md: a parameter of trainings. */
@NullMarked
package org.bagnetlab.experiment.labelnoise;

import org.jspecify.annotations.NullMarked;
