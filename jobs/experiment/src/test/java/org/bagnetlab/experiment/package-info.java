@NullMarked
package org.bagnetlab.experiment;

import org.jspecify.annotations.NullMarked;
