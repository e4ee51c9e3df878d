/** What computes in this process: the digest of its code, and facts about the machine. */
package org.bagnetlab.worker.provenance;
