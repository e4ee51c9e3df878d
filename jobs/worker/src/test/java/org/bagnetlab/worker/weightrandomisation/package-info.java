@NullMarked
package org.bagnetlab.worker.weightrandomisation;

import org.jspecify.annotations.NullMarked;
