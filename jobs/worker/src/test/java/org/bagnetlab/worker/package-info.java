@NullMarked
package org.bagnetlab.worker;

import org.jspecify.annotations.NullMarked;
