/** The results of experiments: numbers, curves, matrices, pictures and maps. */
@NullMarked
package org.bagnetlab.experiment.output;

import org.jspecify.annotations.NullMarked;
