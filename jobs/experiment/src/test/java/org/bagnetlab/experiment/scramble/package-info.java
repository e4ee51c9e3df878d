@NullMarked
package org.bagnetlab.experiment.scramble;

import org.jspecify.annotations.NullMarked;
