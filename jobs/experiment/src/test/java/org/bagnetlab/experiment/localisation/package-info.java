@NullMarked
package org.bagnetlab.experiment.localisation;

import org.jspecify.annotations.NullMarked;
