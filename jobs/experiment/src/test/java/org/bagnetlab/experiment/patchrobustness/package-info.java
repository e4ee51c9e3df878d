@NullMarked
package org.bagnetlab.experiment.patchrobustness;

import org.jspecify.annotations.NullMarked;
