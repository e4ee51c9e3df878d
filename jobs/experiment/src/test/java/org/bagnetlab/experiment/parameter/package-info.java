@NullMarked
package org.bagnetlab.experiment.parameter;

import org.jspecify.annotations.NullMarked;
