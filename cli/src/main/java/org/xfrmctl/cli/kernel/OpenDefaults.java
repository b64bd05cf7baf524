package org.xfrmctl.cli.kernel;

import java.util.Optional;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What happens to packets without a policy. Kernels before 5.15 cannot say, and let all pass. */
public final class OpenDefaults {
    public static final DefaultPolicies ACCEPT =
            new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT);

    private OpenDefaults() {}

    /** Empty if the kernel does not know the question. */
    public static Optional<DefaultPolicies> ask(XfrmClient client) {
        try {
            return Optional.of(client.getDefaults());
        } catch (NetlinkException e) {
            if (e.is(Errno.EINVAL) || e.is(Errno.EOPNOTSUPP)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
