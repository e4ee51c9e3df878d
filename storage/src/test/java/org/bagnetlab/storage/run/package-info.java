@NullMarked
package org.bagnetlab.storage.run;

import org.jspecify.annotations.NullMarked;
