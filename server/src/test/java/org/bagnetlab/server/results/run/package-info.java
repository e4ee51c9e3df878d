@NullMarked
package org.bagnetlab.server.results.run;

import org.jspecify.annotations.NullMarked;
